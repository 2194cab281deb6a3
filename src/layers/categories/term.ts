import { fromNested } from "../../tensor/create.ts";
import { scalarsOf } from "../../tensor/nested.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** What a vocabulary is made of: texts, or integers. */
export type Term = string | number | bigint;

/** The dtype of a vocabulary. */
export type TermDType = "string" | "int64";

/** Terms as a tensor of one dimension. */
export function tensorOfTerms(terms: readonly Term[], dtype: TermDType): Tensor {
  return fromNested(terms, dtype);
}

/** The elements of a tensor as terms. */
export function termsOf(tensor: Tensor): readonly Term[] {
  return Array.from(scalarsOf(tensor) as ArrayLike<Term>);
}

/**
 * The terms of a file, one a line; undefined where a line is no integer and should be one. Lines end as Python reads
 * them, in a line feed, a carriage return or both. Empty ones at the end are none.
 */
export function readTerms(text: string, dtype: TermDType): (Term | undefined)[] {
  const lines = text.replaceAll(/\r\n?/g, "\n").split("\n");
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  return dtype === "string" ? lines : lines.map(integerIn);
}

function integerIn(line: string): Term | undefined {
  if (!/^\s*[+-]?\d{1,19}\s*$/.test(line)) return undefined;
  const whole = BigInt(line.trim().replace("+", ""));
  if (whole !== BigInt.asIntN(64, whole)) return undefined;
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
}

/** Compares as Python compares bytes of UTF-8, or numbers. JavaScript's own order of texts is that of UTF-16. */
export function compareTerms(a: Term, b: Term): number {
  if (typeof a !== "string" || typeof b !== "string") return a < b ? -1 : a > b ? 1 : 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const left = a.charCodeAt(i);
    const right = b.charCodeAt(i);
    if (left !== right) return rank(left) - rank(right);
  }
  return a.length - b.length;
}

/** Halves of a pair stand for what comes behind all that has no pair. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
