// biome-ignore-all lint/suspicious/noTemplateCurlyInString: what is checked is code as text
import { expect, it } from "vitest";
import { checkText, DATA, QUOTING } from "./check-messages.ts";

const stringify =
  "expected quote or inspect of json/, or a reason in tools/check-messages.ts, received JSON.stringify.";

it.each([
  [
    "JSON.stringify in a sentence",
    "throw problem(`received ${JSON.stringify(name)}.`);",
    `a.ts:1: ${stringify}`,
  ],
  ["JSON.stringify in a variable", "\nconst key = JSON.stringify(name);", `a.ts:2: ${stringify}`],
  ["JSON.stringify as a function", "const keys = names.map(JSON.stringify);", `a.ts:1: ${stringify}`],
  [
    "a name between quotes",
    'fail(`no "${name}" here`);',
    "a.ts:1: expected quote(…) without quotes around it, received name.",
  ],
])("refuses %s", (_, text, offence) => {
  expect(checkText("a.ts", text)).toEqual([offence]);
});

it.each([
  ["quote", "throw problem(`received ${quote(name)}.`);"],
  ["JSON that is written", "output.write(`${JSON.stringify(report)}\\n`);"],
  ["quotes around what is printable", 'const line = `Model: "${printable(name)}"`;'],
  ["a text that only ends in a quote", 'const line = `a "b${count}" c`;'],
])("takes %s", (_, text) => {
  expect(checkText("a.ts", text)).toEqual([]);
});

it("a file that is listed may do what its reason says", () => {
  for (const path of Object.keys(DATA)) expect(checkText(path, "JSON.stringify(key)")).toEqual([]);
  for (const path of Object.keys(QUOTING)) expect(checkText(path, '`"${text}"`')).toEqual([]);
});
