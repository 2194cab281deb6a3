import { CeratopsError } from "../../src/errors.ts";

/** What somebody may give by mistake, by how it is shown. */
export const junk: readonly (readonly [string, unknown])[] = [
  ["undefined", undefined],
  ["null", null],
  ["NaN", Number.NaN],
  ["3", 3],
  ["-1.5", -1.5],
  ["true", true],
  ["10n", 10n],
  ['"x"', "x"],
  ['""', ""],
  ["[]", []],
  ["[[1]]", [[1]]],
  ["[null]", [null]],
  ["{}", {}],
  ["{ junk: 1 }", { junk: 1 }],
  ["a class", class Junk {}],
  ["a function", () => 1],
  ["a symbol", Symbol("junk")],
  ["a date", new Date(0)],
  ["a map", new Map()],
  ["a bare object", Object.create(null)],
  ["bytes", new Uint8Array(3)],
];

/** Everything of a call that goes wrong otherwise than by one of this package's errors. */
export async function rawErrors(where: string, call: () => unknown): Promise<string[]> {
  try {
    const result = await call();
    if (isStream(result)) for await (const _ of result);
    return [];
  } catch (error) {
    return error instanceof CeratopsError ? [] : [`${where}: ${error}`];
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
