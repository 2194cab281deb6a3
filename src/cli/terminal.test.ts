import { expect, it } from "vitest";
import { harmless, painted } from "./terminal.ts";

function written(...data: readonly (string | Uint8Array)[]): (string | Uint8Array)[] {
  const all: (string | Uint8Array)[] = [];
  const output = harmless({ isTTY: true, columns: 80, write: (each) => all.push(each) });
  for (const each of data) output.write(each);
  return all;
}

it.each([
  ["lines and tabs", "a\tb\n\nc\n", "a\tb\n\nc\n"],
  ["letters of any language", "été 👍 日本\n", "été 👍 日本\n"],
  ["a color of a file's own", "\u001b[32musable\u001b[39m", "\\u001b[32musable\\u001b[39m"],
  ["a title for the window", "\u001b]0;title\u0007", "\\u001b]0;title\\u0007"],
  ["a sequence of one byte", "\u009b2J", "\\u009b2J"],
  ["a carriage return and a backspace", "not usable\rusable\b", "not usable\\u000dusable\\u0008"],
  ["another order", "a\u202egpj.exe", "a\\u202egpj.exe"],
  ["what has no width", "a\u200b\u2060\ufeffb", "a\\u200b\\u2060\\ufeffb"],
])("%s", (_, text, shown) => {
  expect(written(text)).toEqual([shown]);
});

it("colors are those of the program alone", () => {
  const text = `${painted("red", "not\u001b[32musable")} ${painted("green", "b\n")}`;
  expect(written(text)).toEqual(["\u001b[31mnot\\u001b[32musable\u001b[39m \u001b[32mb\n\u001b[39m"]);
});

it("JSON stays the same JSON", () => {
  const value = { "a\u009b": "\u202e\u001b\u2028" };
  const [text] = written(`${JSON.stringify(value)}\n`);
  expect(text).toBe('{"a\\u009b":"\\u202e\\u001b\\u2028"}\n');
  expect(JSON.parse(String(text))).toEqual(value);
});

it("bytes pass as they are", () => {
  const bytes = new Uint8Array([27, 155, 0, 10]);
  expect(written(bytes)).toEqual([bytes]);
});
