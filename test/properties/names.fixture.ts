import { expect } from "vitest";
import { CeratopsError } from "../../src/index.ts";

/** Names that do something to who shows them as they are. */
export const names: readonly (readonly [string, string])[] = [
  ["an escape sequence", "a\u001b[2J\u001b]0;title\u0007"],
  ["a sequence of one byte", "a\u009b2J\u0085"],
  ["another order", "a\u202egpj.\u2066\u2069exe"],
  ["line breaks", 'a\r\nmodel "m": usable\u2028\u2029'],
  ["what has no width", "a\u200b\u200d\u2060\ufeff\u{e0041}"],
  ["halves of a pair", "\udc00a\ud800"],
  ["a NUL", "a\0b"],
  ["a megabyte", "\u001b".repeat(2 ** 20)],
  ["__proto__", "__proto__"],
];

/** What moves a cursor, hides or reorders text, or breaks a line. */
export const garbling = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** An error of this package whose texts can be shown as they are, and are not too long for it. */
export function expectShowable(error: unknown): void {
  expect(error).toBeInstanceOf(CeratopsError);
  const { message, issues } = error as CeratopsError;
  for (const text of [...message.split("\n"), ...issues.flatMap((issue) => Object.values(issue) as string[])])
    expect(text).not.toMatch(garbling);
  expect(message.length).toBeLessThan(2000);
}
