import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noteFor } from "../../test/tried.ts";
import { CeratopsError } from "../errors.ts";
import * as tree from "./index.ts";

interface Call {
  /** The call in Python. */
  readonly id: string;
  readonly function: string;
  readonly result?: unknown;
  readonly refused?: string;
}

function callsOf(version: string): readonly Call[] {
  const path = new URL(`../../golden/${version}/tree.json`, import.meta.url);
  return (JSON.parse(readFileSync(path, "utf8")) as { calls: Call[] }).calls;
}

/** The functions that calls name. */
const named: Readonly<Record<string, (...parts: never[]) => unknown>> = {
  ADD: (a: number, b: number) => a + b,
  PART: (part: unknown) => part,
  RANK: (shape: readonly unknown[]) => shape.length,
  DOUBLE: (part: unknown) => (typeof part === "number" ? 2 * part : null),
  SHORTEN: (part: unknown) => (Array.isArray(part) ? part.slice(0, 1) : null),
  NOTHING: (part: unknown) => (part === 1 ? tree.MAP_TO_NONE : null),
};

/** Python's arguments: tuples are lists, and the only one given by its name is the last. */
function argumentsOf({ id }: Call): unknown[] {
  const text = id
    .slice(id.indexOf("(") + 1, -1)
    .replaceAll("None", "null")
    .replaceAll("(", "[")
    .replaceAll(")", "]")
    .replace("top_down=False", "false")
    .replace(/\b[A-Z]{3,}\b/, (name) => `"$${name}"`);
  const given = JSON.parse(`[${text}]`) as unknown[];
  return given.map((each) => (typeof each === "string" ? (named[each.slice(1)] ?? each) : each));
}

const camelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

describe.each(["3.6", "3.15"])("structures as Keras %s", (version) => {
  it.for(callsOf(version))("$id", (call, context) => {
    const names = [`tree.${call.function}`, ...(call.id.includes("NOTHING") ? ["tree.MAP_TO_NONE"] : [])];
    const run = () =>
      (tree as unknown as Record<string, (...given: unknown[]) => unknown>)[camelCase(call.function)]!(
        ...argumentsOf(call),
      );
    noteFor(context, ...names)("values", () => {
      if (call.refused) expect(run).toThrow(CeratopsError);
      else expect(run() ?? null).toEqual(call.result);
    });
  });
});
