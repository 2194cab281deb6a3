/**
 * Checks that no list is spread into the arguments of a call: a list that a file sizes may have more items than a stack
 * has room for. Left are the rest parameters of the function around, which a call has had, and lists of which a
 * comment says what bounds them: `// at most 32: the axes of a shape`.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isShipped, sourcesIn } from "./sources.ts";

const bound = /\/\/ at most \S.*: \S/;

/** All offences found in a folder like src/, one line of text each. Tests and their fixtures are left out. */
export function checkSpreads(root: string): string[] {
  return sourcesIn(root)
    .filter(isShipped)
    .flatMap((path) => spreadsIn(readFileSync(join(root, path), "utf8"), path));
}

/** The offences in the text of a file. */
export function spreadsIn(text: string, path: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const lines = text.split("\n");
  const offences: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      for (const argument of node.arguments ?? []) if (ts.isSpreadElement(argument)) look(argument);
      if (isApply(node)) report(node, "a list given to apply");
    }
    ts.forEachChild(node, visit);
  };
  const look = (argument: ts.SpreadElement) => {
    if (!isRest(argument.expression)) report(argument, `"${argument.getText(source)}"`);
  };
  const report = (node: ts.Node, received: string) => {
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    if ([lines[line], lines[line - 1]].some((text) => bound.test(text ?? ""))) return;
    offences.push(
      `${path}:${line + 1}: expected arguments that are written out, or a comment "// at most 8: why", received ${received}.`,
    );
  };
  visit(source);
  return offences;
}

/** Whether a call hands a list to a function as its arguments, as `Math.max.apply(null, list)` does. */
function isApply({ expression, arguments: given }: ts.CallExpression | ts.NewExpression): boolean {
  if (!ts.isPropertyAccessExpression(expression) || expression.name.text !== "apply") return false;
  const { expression: called } = expression;
  const isReflect = ts.isIdentifier(called) && called.text === "Reflect";
  return isReflect || (given?.length === 2 && ts.isPropertyAccessExpression(called) && takesLists(called));
}

function takesLists({ name }: ts.PropertyAccessExpression): boolean {
  return ["push", "unshift", "splice", "concat", "max", "min", "fromCharCode", "fromCodePoint"].includes(
    name.text,
  );
}

/** Whether a value is a rest parameter of a function around it. */
function isRest(value: ts.Expression): boolean {
  if (!ts.isIdentifier(value)) return false;
  for (let at: ts.Node = value; !ts.isSourceFile(at); at = at.parent) {
    if (!ts.isFunctionLike(at)) continue;
    const found = at.parameters.find(({ name }) => ts.isIdentifier(name) && name.text === value.text);
    if (found) return found.dotDotDotToken !== undefined;
  }
  return false;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const offences = checkSpreads(join(dirname(fileURLToPath(import.meta.url)), "..", "src"));
  for (const offence of offences) console.log(offence);
  console.log(offences.length === 0 ? "spreads: none" : `spreads: ${offences.length} offences`);
  process.exitCode = offences.length === 0 ? 0 : 1;
}
