import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

/** A program in a comment or a document. */
export interface Example {
  /** Relative to the folder that was searched. */
  readonly file: string;
  /** The line of the file that its first line is, from 1. */
  readonly line: number;
  readonly code: string;
}

/** Every `@example` of the sources and every TypeScript block of the documents at the top of a folder. */
export function gatherExamples(root: string): Example[] {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => `src/${path.replaceAll("\\", "/")}`);
  const documents = readdirSync(root).filter((path) => path.endsWith(".md"));
  return [
    ...documents.sort().flatMap((file) => blocksOf(file, readFileSync(join(root, file), "utf8"))),
    ...sources.sort().flatMap((file) => examplesOf(file, readFileSync(join(root, file), "utf8"))),
  ];
}

/** The blocks of a Markdown text that are marked as TypeScript. */
export function blocksOf(file: string, text: string): Example[] {
  return found(file, text, /^```ts\n(.*?)^```$/gms);
}

/** What stands below `@example` in the doc comments of a source, up to the next tag. */
export function examplesOf(file: string, text: string): Example[] {
  const examples = found(file, text, /^ *\* @example\n(.*?)^ *\*(?:\/| @)/gms);
  return examples.map((example) => ({ ...example, code: example.code.replace(/^ *\* ?/gm, "") }));
}

function found(file: string, text: string, pattern: RegExp): Example[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, code = ""] = match;
    const before = text.slice(0, match.index + whole.indexOf("\n") + 1);
    return { file, line: before.split("\n").length, code };
  });
}

/**
 * The example as a module of its own: its lines after one line with the imports that it leaves out. `homes` says which
 * module a name comes from. What a comment behind a statement says (`// [null, 4]`) becomes a check.
 */
export function moduleOf({ code }: Example, homes: ReadonlyMap<string, string>): string {
  const checked = code.replace(
    /^(?:const (\w+) = .*?|(\w[^=]*?)); \/\/ (\[.*\]|".*"|-?[\d.]+)$/gm,
    (line, name: string | undefined, value: string | undefined, said: string) =>
      name === undefined
        ? `says(${value}, ${said});`
        : `${line.slice(0, line.lastIndexOf(" // "))} says(${name}, ${said});`,
  );
  const imports = missingNames(checked)
    .filter((name) => homes.has(name))
    .map((name) => `import { ${name} } from ${JSON.stringify(homes.get(name))};`);
  return `${imports.join(" ")} export {};\n${checked}`;
}

/** The names that a program mentions and does not declare. */
function missingNames(code: string): string[] {
  const mentioned = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isDeclared =
        (ts.isVariableDeclaration(parent) ||
          ts.isBindingElement(parent) ||
          ts.isParameter(parent) ||
          ts.isClassDeclaration(parent) ||
          ts.isFunctionDeclaration(parent) ||
          ts.isImportSpecifier(parent) ||
          ts.isNamespaceImport(parent)) &&
        parent.name === node;
      (isDeclared ? declared : mentioned).add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("example.ts", code, ts.ScriptTarget.Latest, true));
  return [...mentioned].filter((name) => !declared.has(name));
}
