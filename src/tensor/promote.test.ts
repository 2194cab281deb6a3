import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type PromotionType, resultType } from "./promote.ts";

const golden: {
  types: PromotionType[];
  none: string;
  one: string[];
  pairs: Record<string, string>;
  triples: Record<string, string>;
} = JSON.parse(readFileSync(new URL("promote.golden.json", import.meta.url), "utf8"));

const rows = Object.entries({ ...golden.pairs, ...golden.triples });

describe("resultType", () => {
  it("gives what Keras gives for one type and for none", () => {
    expect(resultType()).toBe(golden.none);
    expect(golden.types.map((type) => resultType(type))).toEqual(golden.one);
  });

  it.each(rows)("gives what Keras gives for %s and any other", (types, row) => {
    const given = types.split(" ") as PromotionType[];
    const expected = row.split(" ").map((place) => golden.types[Number(place)]);
    expect(golden.types.map((other) => resultType(...given, other))).toEqual(expected);
    expect(golden.types.map((other) => resultType(other, ...given))).toEqual(expected);
  });

  it.each<[PromotionType[], string]>([
    [["bfloat16", "float16"], "float32"],
    [["int32", "float16"], "float16"],
    [["int64", "uint64"], "float32"],
    [["uint8", "int"], "uint8"],
    [["bool", "int"], "int32"],
    [["int64", "float"], "float32"],
  ])("%j gives %s", (types, expected) => {
    expect(resultType(...types)).toBe(expected);
  });
});
