import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { tensor } from "../engines/tensor.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { textPrim } from "../program/rules/text.ts";
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

  it("have the list that batches share once", () => {
    const whole = tensor([["a"], ["b"], ["c"], ["d"]]);
    const batches = [0, 1, 2, 3].map((at) => sliceRows(whole, at, at + 1));
    const joined = concatenateRows([...batches, tensor([["e"]])]);
    expect(joined.toArray()).toEqual([["a"], ["b"], ["c"], ["d"], ["e"]]);
    expect(joined.strings).toEqual(["a", "b", "c", "d", "e"]);
  });
});

describe("operations on texts", () => {
  it("leave the list of a single operand as it is", () => {
    const vocabulary = tensor(["a", "b", "c"]);
    const found = gatherPrim("gather", [vocabulary, tensor([2, 0])], { axis: 0 }) as Tensor;
    expect(found.toArray()).toEqual(["c", "a"]);
    expect(found.strings).toBe(vocabulary.strings);
  });

  it("go through the texts of the elements, not through those of the whole list", () => {
    const batch = sliceRows(tensor([["A"], ["B"], ["A"], ["C"]]), 0, 3);
    const lower = textPrim("standardize_text", [batch], { lower: true, strip: false }) as Tensor;
    expect(lower.toArray()).toEqual([["a"], ["b"], ["a"]]);
    expect(lower.strings).toEqual(["a", "b", "a"]);
  });

  it("compare texts whose lists have some twice", () => {
    const twice = new Tensor("string", [3], Int32Array.of(0, 1, 2), ["a", "b", "a"]);
    expect((prim("eq", [twice, twice]) as Tensor).toArray()).toEqual([true, true, true]);
    expect((prim("eq", [twice, tensor(["a", "a", "a"])]) as Tensor).toArray()).toEqual([true, false, true]);
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
