import { printable } from "./printable.ts";

/** Writes text of unknown origin in double quotes on one line, and cuts it where it is longer than `limit`. */
export function quote(text: string, limit = 80): string {
  const whole = text.length <= limit;
  const shown = whole ? text : `${text.slice(0, limit).replace(/[\ud800-\udbff]$/, "")}…`;
  return printable(JSON.stringify(shown));
}

/** Letters, digits and what joins names and paths: nothing that could be taken for the sentence around it. */
const PLAIN = /^[\p{L}\p{M}\p{N}_.+/-]+$/u;

/** A name or a path as it is where nobody can take it for more than that, else in quotes. */
export function quoteIfOdd(text: string, limit?: number): string {
  return PLAIN.test(text) && text.length <= (limit ?? text.length) ? text : quote(text, limit);
}
