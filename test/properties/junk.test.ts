import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import * as ceratops from "../../src/index.ts";
import { doors } from "../../tools/doors.ts";

/** What somebody may give by mistake, by how it is shown. */
const junk: readonly (readonly [string, unknown])[] = [
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

type Callable = (...args: unknown[]) => unknown;

/** Everything of a call that goes wrong otherwise than by one of this package's errors. */
async function rawErrors(where: string, call: () => unknown): Promise<string[]> {
  try {
    const result = await call();
    if (isStream(result)) for await (const _ of result);
    return [];
  } catch (error) {
    return error instanceof ceratops.CeratopsError ? [] : [`${where}: ${error}`];
  }
}

function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

function isClass(value: unknown): value is new (...args: unknown[]) => object {
  if (typeof value !== "function") return false;
  return "className" in value || /^class\b/.test(Function.prototype.toString.call(value));
}

/** They change what the whole program does, or are errors themselves. */
const LEFT_OUT = /^(resetNames|useReference|setGlobalPolicy|\w*Error)$/;

const exported: [string, string, unknown][] = [];
for (const [door, file] of doors) {
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, unknown>>;
  for (const [name, value] of Object.entries(module))
    if (typeof value === "function" && !LEFT_OUT.test(name)) exported.push([door, name, value]);
}

describe.each([...doors.keys()])("what %s exports", (door) => {
  const own = exported.filter(([from]) => from === door).map(([, name, value]) => [name, value] as const);

  it.each(own)("%s says in words what is wrong", async (name, value) => {
    const raw: string[] = [];
    const make = isClass(value) ? (...args: unknown[]) => new value(...args) : (value as Callable);
    raw.push(...(await rawErrors(`${name}()`, () => make())));
    for (const [shown, thing] of junk) {
      raw.push(...(await rawErrors(`${name}(${shown})`, () => make(thing))));
      if (isClass(value) && "fromConfig" in value) {
        const fromConfig = (value.fromConfig as Callable).bind(value);
        raw.push(...(await rawErrors(`${name}.fromConfig(${shown})`, () => fromConfig(thing))));
      }
    }
    expect(raw.join("\n")).toBe("");
  });
});
