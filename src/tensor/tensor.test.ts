import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Input } from "../layers/core/input-layer.ts";
import { Dense } from "../layers/index.ts";
import { Sequential } from "../models/sequential.ts";
import type { Best } from "./best.ts";
import { fromNested, fromTyped, type NestedArray } from "./create.ts";
import type { DType } from "./dtype.ts";

describe("String(tensor)", () => {
  // The rows are what NumPy 2.4 prints.
  it.each<[NestedArray, DType, string]>([
    [[1, 2.5], "float32", "(2,), dtype=float32>\n[1.  2.5]"],
    [[0.1, 0.25, 1 / 3], "float32", "(3,), dtype=float32>\n[0.1        0.25       0.33333334]"],
    [[0.1, 1 / 3], "float64", "(2,), dtype=float64>\n[0.1        0.33333333]"],
    [[-0, 1], "float32", "(2,), dtype=float32>\n[-0.  1.]"],
    [[Number.NaN, 1, Infinity, -Infinity], "float32", "(4,), dtype=float32>\n[ nan   1.  inf -inf]"],
    [[1e-5, 1.5], "float32", "(2,), dtype=float32>\n[1.0e-05 1.5e+00]"],
    [[1e10, 1], "float32", "(2,), dtype=float32>\n[1.e+10 1.e+00]"],
    [[1e300, 1], "float64", "(2,), dtype=float64>\n[1.e+300 1.e+000]"],
    [[0.1, 0.5], "float16", "(2,), dtype=float16>\n[0.1 0.5]"],
    [[0.1, 0.5], "bfloat16", "(2,), dtype=bfloat16>\n[0.1 0.5]"],
    [[[1], [-20]], "int32", "(2, 1), dtype=int32>\n[[  1]\n [-20]]"],
    [[2n ** 60n, 1], "int64", `(2,), dtype=int64>\n[${2n ** 60n}                   1]`],
    [[true, false], "bool", "(2,), dtype=bool>\n[ True False]"],
    [[[[1, 2]], [[3, 4]]], "uint8", "(2, 1, 2), dtype=uint8>\n[[[1 2]]\n\n [[3 4]]]"],
    [0.1, "float32", "(), dtype=float32>\n0.1"],
    [1, "float32", "(), dtype=float32>\n1.0"],
    [true, "bool", "(), dtype=bool>\nTrue"],
    [[], "float32", "(0,), dtype=float32>\n[]"],
    [[[], []], "float32", "(2, 0), dtype=float32>\n[]"],
  ])("prints %o as %s", (values, dtype, expected) => {
    expect(String(fromNested(values, dtype))).toBe(`<Tensor shape=${expected}`);
  });

  it.each<[number[], string]>([
    [[1001], "[   0    1    2 ...  998  999 1000]"],
    [[2, 600], "[[   0    1    2 ...  597  598  599]\n [ 600  601  602 ... 1197 1198 1199]]"],
    [[600, 2], "[[   0    1]\n [   2    3]\n [   4    5]\n ...\n [1194 1195]\n [1196 1197]\n [1198 1199]]"],
    [[30], "[ 0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18 19 20 21 22 23\n 24 25 26 27 28 29]"],
  ])("shortens and breaks numbers of shape %j", (shape, expected) => {
    const numbers = Int32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => i);
    expect(String(fromTyped(numbers, shape)).split("dtype=int32>\n")[1]).toBe(expected);
  });
});

describe("console.log", () => {
  const dense = new Dense({ units: 2, name: "d" });
  const model = new Sequential([Input({ shape: [3] }), dense], { name: "m" });
  it.each<[string, unknown, string]>([
    ["a tensor", fromNested([1, 2]), "<Tensor shape=(2,), dtype=int32>\n[1 2]"],
    ["a layer", dense, "<Dense name=d, built=true, kernel=(3, 2), bias=(2,)>"],
    [
      "a layer that is not built",
      new Dense({ units: 2, name: "\u001b[1m" }),
      "<Dense name=\\u001b[1m, built=false>",
    ],
    [
      "layers in an object",
      { a: [dense] },
      "{ a: [ <Dense name=d, built=true, kernel=(3, 2), bias=(2,)> ] }",
    ],
    ["a model", model, "<Sequential name=m, built=true, layers=1, parameters=8>"],
    ["an edge", model.outputs[0], /^<KerasTensor shape=\(None, 2\), dtype=float32, name=\w+>$/ as never],
  ])("shows %s", (_, value, expected) => {
    if (typeof expected === "string") expect(inspect(value)).toBe(expected);
    else expect(inspect(value)).toMatch(expected);
  });
});

describe("iteration", () => {
  it("gives the parts along the first axis, which share the memory", () => {
    const tensor = fromNested(
      [
        [1, 2],
        [3, 4],
        [5, 6],
      ],
      "float16",
    );
    const rows = [...tensor];
    expect(rows.map((row) => row.toArray())).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(rows[1]?.data.buffer).toBe(tensor.data.buffer);
    expect([...fromNested([1, 2])].map((x) => x.toArray())).toEqual([1, 2]);
    expect([...fromNested([[], []])].map(({ shape }) => shape)).toEqual([[0], [0]]);
    expect([...fromNested(7)]).toEqual([]);
  });

  it("leaves tensors apart that have the same numbers in another dtype", () => {
    expect(fromNested([1, 2], "int32")).not.toEqual(fromNested([1, 2], "float32"));
    expect(fromNested(1, "int32")).not.toEqual(fromNested(2, "int32"));
  });
});

describe("argmax", () => {
  it.each<[NestedArray, DType, number | null | undefined, NestedArray]>([
    [
      [
        [0.1, 0.9],
        [0.7, 0.3],
      ],
      "float32",
      undefined,
      [1, 0],
    ],
    [
      [
        [1, 9],
        [7, 3],
      ],
      "uint8",
      0,
      [1, 0],
    ],
    [
      [
        [1, 9],
        [7, 3],
      ],
      "float32",
      -2,
      [1, 0],
    ],
    [
      [
        [1, 7],
        [9, 3],
      ],
      "float16",
      null,
      2,
    ],
    [[3, 5, 5], "int32", undefined, 1],
    [[-(2n ** 60n), 2n ** 60n, 2n ** 60n + 1n], "int64", undefined, 2],
    [[1, Number.NaN, Number.NaN, 2], "float32", undefined, 1],
    [[-2, -1], "bfloat16", undefined, 1],
    [[false, true], "bool", undefined, 1],
    [
      [
        [
          [1, 2],
          [3, 4],
        ],
        [
          [8, 7],
          [6, 5],
        ],
      ],
      "int32",
      1,
      [
        [1, 1],
        [0, 0],
      ],
    ],
    [5, "float32", null, 0],
  ])("of %o in %s along %s", (values, dtype, axis, expected) => {
    const places = fromNested(values, dtype).argmax(axis);
    expect(places.dtype).toBe("int32");
    expect(places.toArray()).toEqual(expected);
  });

  it.each<[NestedArray, number | null | undefined, string]>([
    [[1, 2], 1, "argmax: expected an axis of the shape (2,) or null, received 1."],
    [[1, 2], -2, "argmax: expected an axis of the shape (2,) or null, received -2."],
    [[1, 2], 0.5, "argmax: expected an axis of the shape (2,) or null, received 0.5."],
    [5, undefined, "argmax: expected an axis of the shape () or null, received -1."],
    [[], undefined, "argmax: expected elements along the axis, received the shape (0,)."],
    [[[], []], null, "argmax: expected elements along the axis, received the shape (2, 0)."],
  ])("refuses %o along %s", (values, axis, message) => {
    expect(() => fromNested(values).argmax(axis)).toThrow(message);
  });
});

describe("topK", () => {
  const labels = ["cat", "dog", "owl"];

  it("gives each row its best", () => {
    expect(
      fromNested([
        [0.25, 0.5, 0.25],
        [3, 1, 2],
      ]).topK(2, labels),
    ).toEqual([
      [
        { index: 1, value: 0.5, label: "dog" },
        { index: 0, value: 0.25, label: "cat" },
      ],
      [
        { index: 0, value: 3, label: "cat" },
        { index: 2, value: 2, label: "owl" },
      ],
    ]);
  });

  it("gives one list for one dimension, numbers for labels, NaN first", () => {
    expect(fromNested([1, Number.NaN, 2]).topK<Best[]>(3)).toEqual([
      { index: 1, value: Number.NaN, label: "1" },
      { index: 2, value: 2, label: "2" },
      { index: 0, value: 1, label: "0" },
    ]);
  });

  it.each<[NestedArray, unknown, unknown, string]>([
    [[1, 2], 3, undefined, "topK: expected k from 1 to 2, received 3."],
    [[1, 2], 0, undefined, "topK: expected k from 1 to 2, received 0."],
    [[1, 2], "1", undefined, 'topK: expected k from 1 to 2, received "1".'],
    [[1, 2], 1, labels, "topK: expected 2 labels, one for each place of a row, received 3."],
    [[1, 2], 1, "ab", 'topK: expected 2 labels, one for each place of a row, received "ab".'],
    [7, 1, undefined, "topK: expected a tensor with an axis, received a scalar."],
  ])("refuses %j, %j, %j", (values, k, names, message) => {
    expect(() => fromNested(values).topK(k as number, names as string[])).toThrow(message);
  });
});
