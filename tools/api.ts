/**
 * Writes what each entry point exports to etc/: of classes with a config and of ops what follows from their records, of
 * the rest what the source declares. With `--check` it writes nothing and fails where etc/ says something else.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import ts from "typescript";
import { isClass } from "../src/registry/registry.ts";
import { type DescribedClass, describeClass, describeOp } from "./api-classes.ts";
import { describeDeclarations, describeMembers, resultsOf } from "./api-declarations.ts";
import { Checks } from "./closing-line.ts";
import { doors, ROOT } from "./doors.ts";

/** The parts of a report, in order. */
const TITLES = [
  "Classes with a config",
  "Operations",
  "Classes",
  "Functions",
  "Values",
  "Types",
  "As elsewhere",
] as const;

interface Entry {
  readonly title: (typeof TITLES)[number];
  readonly lines: readonly string[];
}

/** A public name. */
interface Exported {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly value: unknown;
}

const { values: flags } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const folder = join(ROOT, "etc");
const program = createProgram();
const checker = program.getTypeChecker();
const modules = new Map<string, Readonly<Record<string, unknown>>>();
for (const [door, path] of doors) modules.set(door, await import(pathToFileURL(path).href));
const names = new Map([...modules.values()].flatMap(Object.entries).map(([name, value]) => [value, name]));

/** The first entry point that exports a thing; the others only say which that is. */
const homes = new Map<ts.Symbol, string>();

const checks = new Checks();
const written = new Set<string>();
for (const [door, path] of doors) {
  const file = `${door.replaceAll("/", "-")}.api.md`;
  written.add(file);
  await checks.run(door, () => {
    const text = report(door, path);
    if (!flags.check) write(file, text);
    else if (text !== read(file)) throw new Error(`etc/${file} is not up to date: run npm run api.`);
  });
}
for (const file of existsSync(folder) ? readdirSync(folder) : []) {
  if (!written.has(file)) await checks.run(file, () => stale(file));
}
checks.finish();

function createProgram(): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  return ts.createProgram([...doors.values()], ts.parseJsonConfigFileContent(config, ts.sys, ROOT).options);
}

function report(door: string, path: string): string {
  const exported = exportsOf(sourceSymbol(path), modules.get(door) ?? {});
  const entries = exported.map((one) => entryOf(door, one));
  const parts = TITLES.flatMap((title) => {
    const lines = entries.filter((entry) => entry.title === title).flatMap((entry) => entry.lines);
    return lines.length === 0 ? [] : [`## ${title}\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n`];
  });
  return `# ${door}\n\nWritten by \`npm run api\`. A field of a config: what it may be = its default.\n\n${parts.join("\n")}`;
}

function sourceSymbol(path: string): ts.Symbol {
  const source = program.getSourceFile(path);
  const symbol = source && checker.getSymbolAtLocation(source);
  if (symbol === undefined) throw new Error(`expected a module with exports, received ${path}.`);
  return symbol;
}

/** What a module exports, in the order of the names; the exports of a namespace such as `image` in its place. */
function exportsOf(module: ts.Symbol, values: object, prefix = ""): Exported[] {
  const symbols = checker.getExportsOfModule(module).sort((a, b) => (a.name < b.name ? -1 : 1));
  return symbols.flatMap((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    const name = prefix + exported.name;
    const value = (values as Readonly<Record<string, unknown>>)[exported.name];
    const isNamespace = symbol.flags & ts.SymbolFlags.ValueModule;
    return isNamespace ? exportsOf(symbol, value as object, `${name}.`) : [{ name, symbol, value }];
  });
}

function entryOf(door: string, { name, symbol, value }: Exported): Entry {
  const home = homes.get(symbol);
  if (home !== undefined && home !== door) return { title: "As elsewhere", lines: [`${name}: ${home}`] };
  homes.set(symbol, door);
  const node = symbol.declarations?.[0];
  if (isOp(value))
    return { title: "Operations", lines: describeOp(name, value.Operation, resultsOf(symbol, checker)) };
  if (isClass(value)) {
    const members = node && ts.isClassDeclaration(node) ? describeMembers(node, checker) : [];
    return { title: "Classes with a config", lines: [...describeClass(name, value, names), ...members] };
  }
  return { title: titleOf(node), lines: describeDeclarations(name, symbol, checker) };
}

function isOp(value: unknown): value is { readonly Operation: DescribedClass } {
  return typeof value === "function" && "Operation" in value;
}

function titleOf(node: ts.Declaration | undefined): Entry["title"] {
  if (node === undefined) return "Values";
  if (ts.isFunctionDeclaration(node)) return "Functions";
  if (ts.isClassDeclaration(node)) return "Classes";
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) ? "Types" : "Values";
}

function read(file: string): string {
  const path = join(folder, file);
  return existsSync(path) ? readFileSync(path, "utf8") : "";
}

function write(file: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
}

function stale(file: string): void {
  if (flags.check) throw new Error(`etc/${file} belongs to no entry point.`);
  rmSync(join(folder, file));
}
