import { CeratopsError } from "../src/errors.ts";
import { Wrong } from "./reader.ts";

/** Texts of the platform's own errors: they say nothing to a user. */
const raw =
  /is not a function|is not iterable|is not a constructor|is not defined|[Cc]annot (?:read|set|convert|mix|access|destructure|delete|define|create|add|redefine)\b|Invalid (?:typed )?array|Invalid (?:count|string|code|time)|Maximum call stack|Array buffer allocation|out of bounds|\[object |Reduce of empty|to(?:Precision|Fixed|Exponential)\(\)|(?<!received )\bundefined\b|Ceratops has a bug/;
/** What moves a terminal's cursor, hides or reorders text. */
export const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

const longestIssue = 4000;
const longestMessage = 100_000;

/** What is wrong with an outcome. */
export interface Fault {
  readonly what: "untyped" | "wrong" | "unfit" | "hang" | "memory";
  readonly text: string;
  /** The same for faults that have one reason, most likely. */
  readonly kind: string;
}

/** What is wrong with an error; null where it is one that a user can be shown. */
export function faultOf(error: unknown): Fault | null {
  if (error instanceof Wrong) return fault("wrong", error.message);
  if (!(error instanceof CeratopsError)) return fault("untyped", textOf(error));
  for (const { path, message } of error.issues) {
    const whole = `${path}: ${message}`;
    const problem = problemOf(whole, path) ?? maskedBy(error);
    if (problem === null) continue;
    const cause = error.cause ? ` of ${textOf(error.cause)}` : "";
    return { ...fault("unfit", `${problem}: ${whole}${cause}`), kind: kindOf(`${problem}: ${message}`) };
  }
  if (error.message.length > longestMessage) return fault("unfit", `${error.message.length} characters`);
  return null;
}

export function fault(what: Fault["what"], text: string): Fault {
  return { what, text, kind: `${what}: ${kindOf(text)}` };
}

function problemOf(whole: string, path: string): string | null {
  if (path === "") return "no path";
  if (unprintable.test(whole)) return "control characters";
  if (whole.length > longestIssue) return `${whole.length} characters`;
  return raw.test(unquoted(whole)) ? "a raw text" : null;
}

/** An accident in our own code that was given the clothes of an error of this package. */
function maskedBy({ cause }: CeratopsError): string | null {
  const isOfText = cause instanceof TypeError && "code" in cause; // of a TextDecoder
  return (cause instanceof TypeError && !isOfText) || cause instanceof ReferenceError ? "an accident" : null;
}

/** What stands outside of quotes: names that are quoted may be anything, and so may the text around an error in JSON. */
export function unquoted(text: string): string {
  return text.replace(/\(in: .*\)\.$/, "").replace(/"(?:[^"\\]|\\.)*"?/g, '""');
}

function textOf(error: unknown): string {
  if (!(error instanceof Error)) return `threw ${String(error)}`;
  const frames = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at (?!.*(?:node:|process\.|<anonymous>))/.test(line));
  const functions = frames.slice(0, 4).map((line) => line.replace(/^\s+at (?:async )?| \(.*| file:.*/g, ""));
  return `${error.name}: ${error.message.slice(0, 300)}, in ${functions.join(", ")}`;
}

/** A text without its names, numbers and long words. */
function kindOf(text: string): string {
  return unquoted(text)
    .replace(/\d+/g, "0")
    .replace(/[^\x20-\x7e]/g, "")
    .replace(/\S{40,}/g, "…")
    .slice(0, 120);
}
