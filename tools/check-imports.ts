/**
 * Checks the house: every file of src/ imports only from its own folder and from folders above it in FOLDERS,
 * no files import each other in a circle, types included, no file is too long.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { sourcesIn } from "./sources.ts";

/**
 * Files and folders of src/ in their import order, the longest match counts. The members of one row may import
 * each other; imports of types count like any other.
 */
export const FOLDERS: readonly (string | readonly string[])[] = [
  "json/printable.ts",
  "errors.ts",
  "platform.ts",
  "context.ts",
  "once.ts",
  "turn.ts",
  "version.ts",
  "pairs.ts",
  "free-names.ts",
  "largest.ts",
  "json",
  "progress.ts",
  "tensor",
  "data",
  "dialects",
  "fields",
  "registry",
  "program",
  "engines/engine.ts",
  "engines/held.ts",
  "engines/check-inputs.ts",
  "engines/check-program.ts",
  "engines/reference",
  "engines/split",
  "engines/onnx",
  "engines/onnxruntime",
  "engines",
  "graph",
  "tree",
  "ops",
  "quantizers",
  ["dtype-policies", "initializers", "regularizers", "constraints", "activations"],
  ["losses", "metrics", "optimizers"],
  "random",
  "layers",
  "models",
  "unfolding",
  "picture",
  ["builtins.ts", "revive.ts"],
  "schema",
  "saving",
  "check",
  "training",
  "tf-keras",
  "testing",
  ["node-files.ts"],
  "conversion",
  ["convert.ts"],
  "cli",
  ["index.ts", "fields.ts"],
  ["node.ts"],
  ["browser.ts"],
];

/** Imports of types that a rule forbids and that are right: `"from/file.ts -> to/file.ts"`, each with its reason. */
export const EXCEPTIONS: ReadonlyMap<string, string> = new Map();

/** Lines of a file; a table of test cases may be longer. */
const MAX_LINES = 400;
const MAX_TEST_LINES = 600;

interface Import {
  readonly to: string;
  readonly line: number;
  readonly isType: boolean;
}

interface SourceFile {
  readonly lines: number;
  readonly imports: readonly Import[];
}

/** All offences found in a folder like src/, one line of text each. Tests are only measured. */
export function checkImports(
  root: string,
  folders: typeof FOLDERS = FOLDERS,
  exceptions: typeof EXCEPTIONS = EXCEPTIONS,
): string[] {
  const files = readSources(root);
  const offences: string[] = [];
  for (const [path, file] of files) {
    const most = path.endsWith(".test.ts") ? MAX_TEST_LINES : MAX_LINES;
    if (file.lines > most) {
      offences.push(`${path}: expected at most ${most} lines, received ${file.lines}.`);
    }
    if (isTest(path)) continue;
    const row = rowOf(path, folders);
    if (row === undefined)
      offences.push(`${path}: expected a folder of the import order, received none of them.`);
    for (const made of file.imports) {
      const problem = importProblem(path, row, made.to, files, folders);
      if (problem !== undefined && !isExcepted(path, made, exceptions))
        offences.push(`${path}:${made.line}: ${problem}`);
    }
  }
  for (const edge of exceptions.keys()) {
    const [from, to] = edge.split(" -> ");
    if (!files.get(from ?? "")?.imports.some((made) => made.to === to))
      offences.push(`exception "${edge}": expected an import, received none.`);
  }
  for (const cycle of findCycles(files, exceptions)) offences.push(`import cycle: ${cycle.join(" -> ")}.`);
  return offences;
}

function isExcepted(from: string, { to, isType }: Import, exceptions: typeof EXCEPTIONS): boolean {
  return isType && exceptions.has(`${from} -> ${to}`);
}

function importProblem(
  from: string,
  row: number | undefined,
  to: string,
  files: ReadonlyMap<string, SourceFile>,
  folders: typeof FOLDERS,
): string | undefined {
  if (to.startsWith("../")) return `expected an import inside the source folder, received "${to}".`;
  if (!files.has(to)) return `expected an import of an existing file, received "${to}".`;
  if (isTest(to)) return `expected no import of a test, received "${to}".`;
  const target = rowOf(to, folders);
  if (row === undefined || target === undefined || target <= row) return undefined;
  return `expected imports from ${nameOf(from, folders)} or above it, received "${to}", which is below.`;
}

function readSources(root: string): Map<string, SourceFile> {
  return new Map(sourcesIn(root).map((path) => [path, readSource(root, path)]));
}

function readSource(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  const imports: Import[] = [];
  const add = (specifier: ts.Node | undefined, isType: boolean) => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier) || !specifier.text.startsWith("."))
      return;
    const to = posix.normalize(posix.join(posix.dirname(path), specifier.text));
    imports.push({
      to,
      line: source.getLineAndCharacterOfPosition(specifier.getStart(source)).line + 1,
      isType,
    });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node.argument.literal, true);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      add(node.arguments[0], false);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { lines: text.split("\n").length - (text.endsWith("\n") ? 1 : 0), imports };
}

/** One circle for each import that closes one, as the paths on it with the first repeated at the end. */
function findCycles(files: ReadonlyMap<string, SourceFile>, exceptions: typeof EXCEPTIONS): string[][] {
  const cycles: string[][] = [];
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    const start = trail.indexOf(path);
    if (start >= 0) cycles.push([...trail.slice(start), path]);
    if (start >= 0 || done.has(path)) return;
    trail.push(path);
    for (const made of files.get(path)?.imports ?? []) {
      if (!isExcepted(path, made, exceptions)) visit(made.to);
    }
    trail.pop();
    done.add(path);
  };
  for (const path of files.keys()) visit(path);
  return cycles;
}

function rowOf(path: string, folders: typeof FOLDERS): number | undefined {
  const name = nameOf(path, folders);
  const row = folders.findIndex((entry) => entry === name || (Array.isArray(entry) && entry.includes(name)));
  return row < 0 ? undefined : row;
}

function nameOf(path: string, folders: typeof FOLDERS): string | undefined {
  return folders
    .flat()
    .filter((name) => path === name || path.startsWith(`${name}/`))
    .sort((a, b) => b.length - a.length)[0];
}

function isTest(path: string): boolean {
  return /\.test\.tsx?$/.test(path);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = join(dirname(fileURLToPath(import.meta.url)), "..", "src");
  const offences = existsSync(root) ? checkImports(root) : ["src: expected a folder, received nothing."];
  for (const offence of offences) console.log(offence);
  console.log(offences.length === 0 ? "imports: in order" : `imports: ${offences.length} offences`);
  process.exitCode = offences.length === 0 ? 0 : 1;
}
