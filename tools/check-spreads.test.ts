import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { checkSpreads, spreadsIn } from "./check-spreads.ts";

describe("spreads that are refused", () => {
  it.each([
    ["all.push(...found);", '"...found"'],
    ["Math.max(0, ...list.map(size));", '"...list.map(size)"'],
    ["new Shape(...sizes);", '"...sizes"'],
    ["Math.max.apply(null, list);", "a list given to apply"],
    ["Reflect.apply(f, null, list);", "a list given to apply"],
    ["const f = (list: number[]) => Math.min(...list);", '"...list"'],
    ["const f = (...all: number[]) => { const g = (all: number[]) => h(...all); };", '"...all"'],
    ["all.push(...found); // at most 8", '"...found"'],
  ])("%s", (text, received) => {
    expect(spreadsIn(text, "a.ts")).toEqual([
      `a.ts:1: expected arguments that are written out, or a comment "// at most 8: why", received ${received}.`,
    ]);
  });
});

describe("spreads that are right", () => {
  it.each([
    ["const all = [...first, ...second];"],
    ["const f = (...all: number[]) => Math.min(...all);"],
    ["// at most 3: the axes of a window\nMath.max(...sizes);"],
    ["Math.max(...sizes); // at most 3: the axes of a window"],
    ["layer.apply(x, { training: true });"],
  ])("%s", (text) => {
    expect(spreadsIn(text, "a.ts")).toEqual([]);
  });
});

it("finds none in src/", () => {
  expect(checkSpreads(join(dirname(fileURLToPath(import.meta.url)), "..", "src"))).toEqual([]);
});
