/**
 * Checks that names and values get into messages through `quote` and `inspect`: `JSON.stringify` lets characters through
 * that move a terminal's cursor or reorder a line, and cuts nothing; a name between quotes in a template can end them.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { isShipped, sourcesIn } from "./sources.ts";

/** Files and folders of src/ in which `JSON.stringify` makes no part of a message, each with its reason. */
export const DATA: Readonly<Record<string, string>> = {
  "json/quote.ts": "what all others call",
  "check/sarif.ts": "the size of what is written",
  "cli/check-text.ts": "JSON that is written",
  "cli/commands/demo.ts": "a config of its own model, shown as JSON",
  "json/comparable.ts": "a text to compare by",
  "models/session.ts": "a key of a map",
  "picture/graph-of.ts": "a key of a map",
  "saving/sharded/write-weights.ts": "JSON that is written",
  "saving/tfjs/write-tfjs.ts": "JSON that is written",
};

/** Files and folders of src/ that put a text between quotes themselves, each with its reason. */
export const QUOTING: Readonly<Record<string, string>> = {
  "cli/commands/demo.ts": "a line of Python with the path of its own file",
  "json/scanner.ts": "one printable character",
  "json/stringify.ts": "writes JSON",
  picture: "what stands between the quotes of SVG, Mermaid and Graphviz is escaped as they have it",
};

/** All offences found in a folder like src/, one line of text each. */
export function checkMessages(root: string): string[] {
  return sourcesIn(root)
    .filter(isShipped)
    .flatMap((path) => checkText(path, readFileSync(join(root, path), "utf8")));
}

/** The offences of one file. */
export function checkText(path: string, text: string): string[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const offences: string[] = [];
  const say = (node: ts.Node, expected: string) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
    offences.push(`${path}:${line}: expected ${expected}, received ${node.getText(source)}.`);
  };
  const visit = (node: ts.Node): void => {
    if (isStringify(node) && !isListed(path, DATA) && !isOutput(node))
      say(node, "quote or inspect of json/, or a reason in tools/check-messages.ts");
    if (ts.isTemplateExpression(node) && !isListed(path, QUOTING)) {
      for (const expression of quotedIn(node)) say(expression, "quote(…) without quotes around it");
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return offences;
}

function isStringify(node: ts.Node): node is ts.PropertyAccessExpression {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === "stringify" &&
    node.expression.getText() === "JSON"
  );
}

/** Whether the call is all of a template but for line breaks: JSON that is written, and no sentence. */
function isOutput(stringify: ts.Node): boolean {
  const span = stringify.parent.parent;
  if (!ts.isTemplateSpan(span) || !ts.isTemplateExpression(span.parent)) return false;
  const { head, templateSpans } = span.parent;
  return templateSpans.length === 1 && [head, span.literal].every(({ text }) => text.trim() === "");
}

/** What stands alone between two quotes in a template, as `name` in `"${name}"`. */
function quotedIn({ head, templateSpans }: ts.TemplateExpression): ts.Expression[] {
  const before = [head, ...templateSpans.map(({ literal }) => literal)];
  return templateSpans
    .filter(({ literal }, i) => before[i]!.text.endsWith('"') && literal.text.startsWith('"'))
    .map(({ expression }) => expression)
    .filter(
      (expression) => !(ts.isCallExpression(expression) && expression.expression.getText() === "printable"),
    );
}

function isListed(path: string, reasons: Readonly<Record<string, string>>): boolean {
  return Object.keys(reasons).some((listed) => path === listed || path.startsWith(`${listed}/`));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const offences = checkMessages(join(dirname(fileURLToPath(import.meta.url)), "..", "src"));
  for (const offence of offences) console.log(offence);
  console.log(offences.length === 0 ? "messages: in order" : `messages: ${offences.length} offences`);
  process.exitCode = offences.length === 0 ? 0 : 1;
}
