/**
 * Fails where a public class or function takes an option that no sentence stands above, in the declarations as a
 * program gets them. Of an option with a default the sentence says which: `Defaults to true.`; of fields of a config it is
 * compared with the record.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import ts from "typescript";
import type { AnyField, Fields } from "../src/fields/field.ts";
import { inspect } from "../src/json/inspect.ts";
import { isClass } from "../src/registry/registry.ts";
import { Checks } from "./closing-line.ts";
import { completeDeclarations } from "./declarations.ts";
import { doors, ROOT } from "./doors.ts";

/** What parameters with options are called. */
const NAMES = ["options", "settings"];

/** What was told already: most options come from a base. */
const told = new Set<ts.Node | undefined>();

const folder = mkdtempSync(join(tmpdir(), "declarations-"));
const checks = new Checks();
try {
  writeDeclarations();
  const files = new Map(
    [...doors].map(([door, path]) => [
      door,
      join(folder, relative(join(ROOT, "src"), path).replace(/\.ts$/, ".d.ts")),
    ]),
  );
  const program = ts.createProgram([...files.values()], {
    lib: ["lib.es2023.d.ts"],
    types: [],
    module: ts.ModuleKind.NodeNext,
    strict: true,
  });
  const checker = program.getTypeChecker();
  for (const [door, file] of files) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    const values: Readonly<Record<string, unknown>> = await import(pathToFileURL(doors.get(door) ?? "").href);
    await checks.run(door, () => {
      if (module === undefined) throw new Error(`expected a module with exports, received ${file}.`);
      const problems = checker
        .getExportsOfModule(module)
        .flatMap((symbol) => problemsOf(symbol, values[symbol.name], checker));
      if (problems.length > 0) throw new Error(`${problems.length} options:\n${problems.join("\n")}`);
    });
  }
} finally {
  rmSync(folder, { recursive: true });
  checks.finish();
}

function writeDeclarations(): void {
  const compiler = join(ROOT, "node_modules/typescript/bin/tsc");
  const flags = ["--emitDeclarationOnly", "--declarationMap", "false", "--sourceMap", "false"];
  const { status, stdout } = spawnSync(
    process.execPath,
    [compiler, "-p", "tsconfig.build.json", "--outDir", folder, ...flags],
    { cwd: ROOT, encoding: "utf8" },
  );
  if (status !== 0) throw new Error(stdout);
  completeDeclarations(folder);
}

/** What is wrong with the options of a public name: of a class, its constructor and methods, or of a function. */
function problemsOf(exported: ts.Symbol, value: unknown, checker: ts.TypeChecker): string[] {
  const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
  const [node] = symbol.declarations ?? [];
  if (node === undefined || !(symbol.flags & ts.SymbolFlags.Value)) return [];
  const type = checker.getTypeOfSymbol(symbol);
  const fields = isClass(value) ? value.fields : {};
  const own = [...type.getConstructSignatures(), ...type.getCallSignatures()].flatMap((signature) =>
    ofSignature(exported.name, signature, fields, checker),
  );
  const methods =
    symbol.flags & ts.SymbolFlags.Class
      ? checker.getDeclaredTypeOfSymbol(symbol).getProperties().filter(isMethod)
      : [];
  const inside = methods.flatMap((method) =>
    checker
      .getTypeOfSymbol(method)
      .getCallSignatures()
      .flatMap((signature) => ofSignature(`${exported.name}.${method.name}`, signature, {}, checker)),
  );
  return [...new Set([...own, ...inside])];
}

function isMethod(symbol: ts.Symbol): boolean {
  return (symbol.flags & ts.SymbolFlags.Method) !== 0;
}

function ofSignature(
  owner: string,
  signature: ts.Signature,
  fields: Fields,
  checker: ts.TypeChecker,
): string[] {
  return signature.parameters
    .flatMap((parameter) => argumentsOf(parameter, checker))
    .filter(({ name }) => NAMES.includes(name))
    .flatMap(({ type }) => optionsIn(type, checker))
    .flatMap((option) => {
      const field = Object.hasOwn(fields, option.name) ? fields[option.name] : undefined;
      const problem = problemOf(option, field, checker);
      const [node] = option.declarations ?? [];
      if (problem === undefined || told.has(node)) return [];
      told.add(node);
      return [`${owner}({ ${option.name} }): ${problem}`];
    });
}

/** A parameter, or those that a rest parameter stands for. */
function argumentsOf(parameter: ts.Symbol, checker: ts.TypeChecker): { name: string; type: ts.Type }[] {
  const type = checker.getTypeOfSymbol(parameter);
  if (!checker.isTupleType(type)) return [{ name: parameter.name, type }];
  const { target } = type as ts.TupleTypeReference;
  return checker.getTypeArguments(type as ts.TupleTypeReference).map((item, i) => ({
    name: target.labeledElementDeclarations?.[i]?.name.getText() ?? parameter.name,
    type: item,
  }));
}

/** The properties of a type that is one of options: no class, list or function, and of no library. */
function optionsIn(type: ts.Type, checker: ts.TypeChecker): ts.Symbol[] {
  if (type.isUnion()) return type.types.flatMap((one) => optionsIn(one, checker));
  if (!(type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) || type.isClass()) return [];
  return type.getProperties().filter(({ declarations }) => {
    const [node] = declarations ?? [];
    return (
      node !== undefined && ts.isPropertySignature(node) && node.getSourceFile().fileName.startsWith(folder)
    );
  });
}

function problemOf(
  option: ts.Symbol,
  field: AnyField | undefined,
  checker: ts.TypeChecker,
): string | undefined {
  const text = ts.displayPartsToString(option.getDocumentationComment(checker));
  if (text === "") return "expected a sentence, received nothing.";
  if (field === undefined || field.required) return undefined;
  const { default: value } = field;
  // Of a name classes that share its sentence have each their own.
  const expected =
    value === null || option.name === "name"
      ? "Defaults to"
      : `Defaults to ${typeof value === "number" ? value : inspect(value)}`;
  return text.includes(expected)
    ? undefined
    : `expected ${JSON.stringify(expected)}, received ${JSON.stringify(text)}.`;
}
