import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { concatenateRows, sliceRows } from "./rows.ts";
import { Tensor } from "./tensor.ts";

beforeAll(useReference);

describe("rows of texts", () => {
  it("are cut out and put together", () => {
    const whole = tensor([["a"], ["b"], ["a"]]);
    const parts = [sliceRows(whole, 1, 3), sliceRows(whole, 0, 1)];
    expect(concatenateRows(parts).toArray()).toEqual([["b"], ["a"], ["a"]]);
    expect(concatenateRows([tensor(["x"]), tensor(["y", "x"])]).toArray()).toEqual(["x", "y", "x"]);
  });
});

describe("a tensor of texts", () => {
  const words = tensor([
    ["one", "two"],
    ["one", "\u202ethree"],
  ]);

  it("has the dtype string and gives its texts back", () => {
    expect(words.dtype).toBe("string");
    expect(words.shape).toEqual([2, 2]);
    expect(words.toArray()).toEqual([
      ["one", "two"],
      ["one", "\u202ethree"],
    ]);
    expect([...words].map((row) => row.toArray())).toEqual(words.toArray());
    expect(tensor("alone").toArray()).toBe("alone");
    expect(tensor([], { dtype: "string" }).toArray()).toEqual([]);
    expect(tensor(["a", "b"], [2, 1]).toArray()).toEqual([["a"], ["b"]]);
  });

  it("prints as one line for each row, with nothing raw", () => {
    expect(String(words)).toBe(
      '<Tensor shape=(2, 2), dtype=string>\n[["one" "two"]\n ["one" "\\u202ethree"]]',
    );
  });

  it.each<[string, () => unknown, string]>([
    ["numbers among texts", () => tensor(["a", 1]), 'values[0]: expected a number for int32, received "a".'],
    ["numbers for texts", () => tensor([1], { dtype: "string" }), "values[0]: expected a text, received 1."],
    [
      "texts for numbers",
      () => tensor(["a"], { dtype: "float32" }),
      'values[0]: expected a number for float32, received "a".',
    ],
    [
      "no list of texts",
      () => new Tensor("string", [1], Int32Array.of(0)),
      "Tensor: expected a list of texts",
    ],
    [
      "texts beside numbers",
      () => new Tensor("int32", [1], Int32Array.of(0), ["a"]),
      "Tensor: expected no texts",
    ],
    [
      "a place of no text",
      () => new Tensor("string", [1], Int32Array.of(1), ["a"]),
      "Tensor: expected places in a list",
    ],
    ["a sum", () => prim("add", [words, words]), "add: expected numbers, received a tensor of dtype string."],
  ])("refuses %s", (_, make, message) => {
    expect(make).toThrow(message);
  });

  it("is moved and compared by primitives", () => {
    const texts = (x: unknown) => (x as Tensor).toArray();
    expect(texts(prim("reshape", [words], { shape: [4] }))).toEqual(["one", "two", "one", "\u202ethree"]);
    expect(texts(prim("transpose", [words], { perm: [1, 0] }))).toEqual([
      ["one", "one"],
      ["two", "\u202ethree"],
    ]);
    expect(texts(piecePrim("concat", [words, tensor([["four", "two"]])], { axis: 0 }))).toEqual([
      ["one", "two"],
      ["one", "\u202ethree"],
      ["four", "two"],
    ]);
    expect(texts(gatherPrim("gather", [tensor(["a", "b"]), tensor([1, 1, 0])], { axis: 0 }))).toEqual([
      "b",
      "b",
      "a",
    ]);
    expect(texts(prim("eq", [words, tensor("one")]))).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(texts(prim("select", [tensor([true, false]), words, tensor("no")]))).toEqual([
      ["one", "no"],
      ["one", "no"],
    ]);
  });
});
