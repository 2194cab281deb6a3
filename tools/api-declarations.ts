import ts from "typescript";

/** What a name is declared as, in the source's words, without bodies: a line for each overload and each member. */
export function describeDeclarations(name: string, symbol: ts.Symbol, checker: ts.TypeChecker): string[] {
  const declarations = symbol.declarations ?? [];
  const overloads = declarations.filter((node) => !ts.isFunctionDeclaration(node) || node.body === undefined);
  return (overloads.length > 0 ? overloads : declarations).flatMap((node) => describe(name, node, checker));
}

function describe(name: string, node: ts.Declaration, checker: ts.TypeChecker): string[] {
  if (ts.isFunctionDeclaration(node) && node.name) return [name + text(node, node.name.end, endOfHead(node))];
  if (ts.isTypeAliasDeclaration(node)) return [`${name}${headOf(node)} = ${text(node.type)}`];
  if (ts.isInterfaceDeclaration(node))
    return [name + headOf(node), ...node.members.map((member) => `  ${text(member)}`)];
  if (ts.isClassDeclaration(node)) return [name + headOf(node), ...describeMembers(node, checker)];
  if (ts.isVariableDeclaration(node)) return [`${name}: ${typeOf(node, checker)}`];
  return [name];
}

/** The public members that a class declares and its base does not. */
export function describeMembers(node: ts.ClassDeclaration, checker: ts.TypeChecker): string[] {
  return node.members.filter(isPublic).map((member) => {
    if (!ts.isPropertyDeclaration(member)) return `  ${text(member, undefined, endOfHead(member))}`;
    if (member.type) return `  ${text(member, undefined, member.type.end)}`;
    return `  ${text(member, undefined, member.name.end)}: ${typeOf(member, checker)}`;
  });
}

function isPublic(member: ts.ClassElement): boolean {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Override;
  if (ts.getCombinedModifierFlags(member) & hidden) return false;
  if (member.name && (!ts.isIdentifier(member.name) || member.name.text.startsWith("_"))) return false;
  return !ts.getJSDocTags(member).some(({ tagName }) => tagName.text === "internal");
}

/** What an op gives, where that is not one tensor: the last two of its type's arguments. */
export function resultsOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  const [, graph, values] = checker.getTypeArguments(checker.getTypeOfSymbol(symbol) as ts.TypeReference);
  if (graph === undefined || values === undefined) return "";
  const results = `${checker.typeToString(graph)} or ${checker.typeToString(values)}`;
  return results === "KerasTensor or Numeric" ? "" : `, giving ${results}`;
}

/** Type parameters and base of a class or a type. */
function headOf(node: ts.ClassDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration): string {
  const parameters = node.typeParameters?.map((parameter) => text(parameter)).join(", ");
  const clauses = ts.isTypeAliasDeclaration(node) ? undefined : node.heritageClauses;
  const heritage = clauses?.map((clause) => ` ${text(clause)}`) ?? [];
  return (parameters === undefined ? "" : `<${parameters}>`) + heritage.join("");
}

/** Where the body of a function begins. */
function endOfHead(node: ts.Node): number | undefined {
  return ts.isFunctionLike(node) && "body" in node && node.body ? node.body.pos : undefined;
}

function typeOf(node: ts.VariableDeclaration | ts.PropertyDeclaration, checker: ts.TypeChecker): string {
  return node.type ? text(node.type) : checker.typeToString(checker.getTypeAtLocation(node));
}

/** A part of a source on one line, without comments. */
function text(node: ts.Node, start = node.getStart(), end = node.end): string {
  return node
    .getSourceFile()
    .text.slice(start, end)
    .replace(/\/\*.*?\*\/|\/\/[^\n]*$/gms, "")
    .replace(/\s+/g, " ")
    .replace(/([(<]) |,? (?=[)>])/g, "$1")
    .replace(/^declare |^\| |[;,]?\s*$/g, "");
}
