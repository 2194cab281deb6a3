import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { doors, ROOT } from "./doors.ts";

/**
 * Completes the declarations in a folder that the compiler wrote of the sources: imports name .js files as they do in
 * the code, and a property has the documentation of its source where the compiler left it out, because it stands in
 * another file (fields that several classes have). Lines stay lines, so that maps stay right.
 */
export function completeDeclarations(folder: string): void {
  const program = sourceProgram();
  for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".d.ts")) continue;
    const path = join(folder, name);
    const source = program.getSourceFile(join(ROOT, "src", name.replace(/\.d\.ts$/, ".ts")));
    const text = readFileSync(path, "utf8");
    const documented = source ? documentProperties(text, source, program.getTypeChecker()) : text;
    writeFileSync(path, documented.replace(/((?:from|import|import\()\s*"\.[^"]*)\.ts"/g, '$1.js"'));
  }
}

/** The sources of all doors, with the project's own options. */
function sourceProgram(): ts.Program {
  const { config } = ts.readConfigFile(join(ROOT, "tsconfig.json"), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  return ts.createProgram(
    [...doors.values()].filter((path) => existsSync(path)),
    options,
  );
}

function documentProperties(text: string, source: ts.SourceFile, checker: ts.TypeChecker): string {
  const declarations = ts.createSourceFile("declarations.d.ts", text, ts.ScriptTarget.Latest, true);
  const insertions: { readonly at: number; readonly comment: string }[] = [];
  for (const { name, node } of named(declarations)) {
    const type = typeOf(name, source, checker);
    for (const property of type ? propertiesIn(node) : []) {
      const symbol = type && propertyOf(type, property.name.getText(), checker);
      const documentation = ts.displayPartsToString(symbol?.getDocumentationComment(checker));
      if (documentation === "" || ts.getJSDocCommentsAndTags(property).length > 0) continue;
      insertions.push({ at: property.getStart(), comment: `/** ${documentation.replace(/\s+/g, " ")} */ ` });
    }
  }
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((rest, { at, comment }) => rest.slice(0, at) + comment + rest.slice(at), text);
}

interface Named {
  readonly name: string;
  readonly node: ts.Node;
}

/** What a file declares by name, with what stands below it. */
function named(file: ts.SourceFile): Named[] {
  return file.statements.flatMap((statement): Named[] => {
    if (ts.isVariableStatement(statement))
      return statement.declarationList.declarations.map((node) => ({ name: node.name.getText(), node }));
    return ts.isFunctionDeclaration(statement) && statement.name
      ? [{ name: statement.name.text, node: statement }]
      : [];
  });
}

/** The properties of the types in a declaration, but not those of their types. */
function propertiesIn(node: ts.Node): ts.PropertySignature[] {
  const found: ts.PropertySignature[] = [];
  const visit = (child: ts.Node): void => {
    if (ts.isPropertySignature(child)) found.push(child);
    else ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
}

/** A property of a type, or of what it is made of: the fields of an op. */
function propertyOf(type: ts.Type, name: string, checker: ts.TypeChecker): ts.Symbol | undefined {
  const isReference = ((type as ts.ObjectType).objectFlags ?? 0) & ts.ObjectFlags.Reference;
  const parts = isReference ? checker.getTypeArguments(type as ts.TypeReference) : [];
  return [type, ...parts].map((one) => checker.getPropertyOfType(one, name)).find((found) => found);
}

/** The type in whose properties the documentation is: of a value, of what a function gives, of a class by its base. */
function typeOf(name: string, source: ts.SourceFile, checker: ts.TypeChecker): ts.Type | undefined {
  for (const statement of source.statements) {
    if (ts.isClassDeclaration(statement) && `${statement.name?.text}_base` === name)
      return checker.getTypeAtLocation(statement);
    if (ts.isFunctionDeclaration(statement) && statement.name?.text === name)
      return checker.getSignatureFromDeclaration(statement)?.getReturnType();
    if (!ts.isVariableStatement(statement)) continue;
    const value = statement.declarationList.declarations.find((node) => node.name.getText() === name);
    if (value) return checker.getTypeAtLocation(value);
  }
  return undefined;
}
