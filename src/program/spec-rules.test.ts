import { describe, expect, it } from "vitest";
import { ShapeError } from "../errors.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import type { Attributes, PrimitiveName } from "./primitives.ts";
import { broadcastShapes, specRules } from "./spec-rules.ts";
import { type Spec, Value } from "./value.ts";

function spec(shape: Shape, dtype: DType = "float32"): Spec {
  return { shape, dtype };
}

function rule<K extends PrimitiveName>(name: K, inputs: readonly Spec[], attributes: Attributes[K]): Spec[] {
  return specRules[name](inputs, attributes);
}

function shapeOf<K extends PrimitiveName>(
  name: K,
  inputs: readonly Shape[],
  attributes: Attributes[K],
): Shape {
  return rule(
    name,
    inputs.map((shape) => spec(shape)),
    attributes,
  )[0]!.shape;
}

const index = (shape: Shape) => spec(shape, "int32");

describe("broadcastShapes", () => {
  const cases: [Shape, Shape, Shape][] = [
    [[], [], []],
    [
      [2, 3],
      [2, 3],
      [2, 3],
    ],
    [[2, 3], [], [2, 3]],
    [[], [2, 3], [2, 3]],
    [[2, 3], [3], [2, 3]],
    [
      [2, 1, 3],
      [4, 1],
      [2, 4, 3],
    ],
    [
      [null, 3],
      [1, 3],
      [null, 3],
    ],
    [
      [1, 3],
      [null, 3],
      [null, 3],
    ],
    [
      [null, 3],
      [5, 3],
      [5, 3],
    ],
    [
      [5, 3],
      [null, 3],
      [5, 3],
    ],
    [
      [null, 3],
      [null, 1],
      [null, 3],
    ],
    [[0, 3], [1], [0, 3]],
  ];
  it.each(cases)("%j with %j gives %j", (a, b, expected) => {
    expect(broadcastShapes(a, b, "add")).toEqual(expected);
  });

  it("gives back a shape that stays as it is", () => {
    const a = [2, 3];
    expect(broadcastShapes(a, [2, 3], "add")).toBe(a);
  });
});

describe("specRules", () => {
  const shapes: [string, () => Shape, Shape][] = [
    ["reduce, no axes", () => shapeOf("reduce_sum", [[2, 3]], { axes: [], keepdims: false }), [2, 3]],
    ["reduce", () => shapeOf("reduce_sum", [[2, null, 4]], { axes: [1], keepdims: false }), [2, 4]],
    [
      "reduce, keepdims",
      () => shapeOf("reduce_max", [[2, null, 4]], { axes: [1, 2], keepdims: true }),
      [2, 1, 1],
    ],
    ["argmax", () => shapeOf("argmax", [[null, 4]], { axis: 1, keepdims: false }), [null]],
    ["iota, dynamic", () => shapeOf("iota", [], { length: -2, dtype: "int32" }), [null]],
    ["reshape, inferred", () => shapeOf("reshape", [[2, 3, 4]], { shape: [-1, 8] }), [3, 8]],
    ["reshape, unknown", () => shapeOf("reshape", [[null, 3, 4]], { shape: [-1, 12] }), [null, 12]],
    ["reshape, dynamic", () => shapeOf("reshape", [[null, 3, 4], []], { shape: [-2, 12] }), [null, 12]],
    [
      "reshape, dynamic and inferred",
      () => shapeOf("reshape", [[2, 6], []], { shape: [-2, -1] }),
      [null, null],
    ],
    ["broadcast_to", () => shapeOf("broadcast_to", [[null, 1], []], { shape: [-2, 5] }), [null, 5]],
    ["transpose", () => shapeOf("transpose", [[null, 3, 4]], { perm: [2, 0, 1] }), [4, null, 3]],
    [
      "slice",
      () => shapeOf("slice", [[5, 6, 7]], { start: [1, -2, null], stop: [-1, null, null], step: [1, 1, -2] }),
      [3, 2, 4],
    ],
    [
      "slice of unknown dimensions",
      () =>
        shapeOf("slice", [[null, null, null, null, null]], {
          start: [0, null, -1, 1, null],
          stop: [1, null, null, -1, 5],
          step: [1, -1, 1, 1, 2],
        }),
      [1, null, 1, null, 3],
    ],
    [
      "slice of unknown dimensions, backwards",
      () =>
        shapeOf("slice", [[null, null, null, null]], {
          start: [2, -1, -1, null],
          stop: [null, -3, null, -4],
          step: [-1, -1, -1, -1],
        }),
      [3, 2, null, 3],
    ],
    [
      "pad",
      () =>
        shapeOf("pad", [[null, 4]], {
          padding: [
            [1, 1],
            [0, 2],
          ],
          mode: "edge",
          value: 0,
        }),
      [null, 6],
    ],
    [
      "concat",
      () =>
        shapeOf(
          "concat",
          [
            [null, 2],
            [3, 4],
            [3, 1],
          ],
          { axis: 1 },
        ),
      [3, 7],
    ],
    ["concat, unknown", () => shapeOf("concat", [[null], [4]], { axis: 0 }), [null]],
    [
      "gather",
      () => rule("gather", [spec([7, 8, 9]), index([null, 2])], { axis: 1 })[0]!.shape,
      [7, null, 2, 9],
    ],
    [
      "gather_along",
      () => rule("gather_along", [spec([3, 9]), index([1, 2])], { axis: 1 })[0]!.shape,
      [3, 2],
    ],
    [
      "matmul",
      () =>
        shapeOf(
          "matmul",
          [
            [null, 5, 3, 4],
            [4, 6],
          ],
          {},
        ),
      [null, 5, 3, 6],
    ],
    [
      "matmul, batches",
      () =>
        shapeOf(
          "matmul",
          [
            [null, 1, 3, 4],
            [5, 4, 6],
          ],
          {},
        ),
      [null, 5, 3, 6],
    ],
    [
      "einsum",
      () =>
        shapeOf(
          "einsum",
          [
            [null, 3, 4],
            [4, 5],
          ],
          { equation: "abc,cd->adb" },
        ),
      [null, 5, 3],
    ],
    [
      "conv",
      () =>
        shapeOf(
          "conv",
          [
            [null, 224, null, 3],
            [7, 7, 3, 64],
          ],
          {
            strides: [2, 2],
            padding: [
              [3, 3],
              [3, 3],
            ],
            dilation: [1, 1],
            groups: 1,
          },
        ),
      [null, 112, null, 64],
    ],
    [
      "conv_transpose",
      () =>
        shapeOf(
          "conv_transpose",
          [
            [null, 5, 3],
            [3, 8, 3],
          ],
          { strides: [2], padding: [[0, -1]], dilation: [1], groups: 1 },
        ),
      [null, 12, 8],
    ],
    [
      "conv_transpose, groups",
      () =>
        shapeOf(
          "conv_transpose",
          [
            [null, 5, 6],
            [3, 2, 6],
          ],
          { strides: [1], padding: [[0, 0]], dilation: [2], groups: 3 },
        ),
      [null, 9, 6],
    ],
    [
      "max_pool",
      () => shapeOf("max_pool", [[null, 7, 3]], { window: [2], strides: [2], padding: [[0, 0]] }),
      [null, 3, 3],
    ],
    [
      "max_pool, nothing fits",
      () => shapeOf("max_pool", [[1, 1, 3]], { window: [2], strides: [1], padding: [[0, 0]] }),
      [1, 0, 3],
    ],
    [
      "upsample",
      () => shapeOf("upsample", [[null, 4, null, 3]], { factors: [2, 3], method: "nearest" }),
      [null, 8, null, 3],
    ],
    [
      "random_bits",
      () => rule("random_bits", [spec([2], "uint32"), index([])], { shape: [-2, 4] })[0]!.shape,
      [null, 4],
    ],
  ];
  it.each(shapes)("%s", (_, run, expected) => {
    expect(run()).toEqual(expected);
  });

  const dtypes: [string, () => Spec[], DType[]][] = [
    ["eq", () => rule("eq", [index([2]), index([])], {}), ["bool"]],
    ["is_nan", () => rule("is_nan", [spec([2])], {}), ["bool"]],
    ["cast", () => rule("cast", [spec([2])], { dtype: "int64" }), ["int64"]],
    ["select", () => rule("select", [spec([2], "bool"), index([2]), index([])], {}), ["int32"]],
    ["dim", () => rule("dim", [spec([null])], { axis: 0 }), ["int32"]],
    [
      "argmax_pool",
      () => rule("argmax_pool", [spec([1, 4, 2])], { window: [2], strides: [2], padding: [[0, 0]] }),
      ["int32"],
    ],
    ["argsort", () => rule("argsort", [spec([3])], { axis: 0 }), ["int32"]],
    ["top_k", () => rule("top_k", [spec([3])], { k: 2 }), ["float32", "int32"]],
  ];
  it.each(dtypes)("dtype of %s", (_, run, expected) => {
    expect(run().map(({ dtype }) => dtype)).toEqual(expected);
  });

  const errors: [run: () => unknown, primitive: string, message: string][] = [
    [() => shapeOf("add", [[2, 3], [4]], {}), "add", "cannot broadcast (2, 3) with (4,)."],
    [
      () => rule("mul", [spec([2]), index([2])], {}),
      "mul",
      "expected operands of one dtype, received float32 and int32.",
    ],
    [() => rule("exp", [index([2])], {}), "exp", "expected a float dtype, received int32."],
    [
      () => rule("select", [index([2]), spec([2]), spec([2])], {}),
      "select",
      "expected a condition of dtype bool, received int32.",
    ],
    [() => shapeOf("softmax", [[2, 3]], { axis: 2 }), "softmax", "expected an axis of (2, 3), received 2."],
    [
      () => shapeOf("batch_norm", [[null, 3], [3], [4], [3], [3]], { axis: 1, epsilon: 0.1 }),
      "batch_norm",
      "expected variance of shape (3,), received (4,).",
    ],
    [() => shapeOf("reshape", [[2, 3]], { shape: [4, 2] }), "reshape", "cannot reshape (2, 3) into (4, 2)."],
    [
      () => shapeOf("reshape", [[2, 3]], { shape: [4, -1] }),
      "reshape",
      "cannot reshape (2, 3) into (4, -1).",
    ],
    [
      () => shapeOf("broadcast_to", [[2, 3]], { shape: [2, 4] }),
      "broadcast_to",
      "cannot broadcast (2, 3) to (2, 4).",
    ],
    [
      () =>
        shapeOf(
          "concat",
          [
            [2, 3],
            [3, 3],
          ],
          { axis: 1 },
        ),
      "concat",
      "expected shapes that differ only along axis 1, received (2, 3) and (3, 3).",
    ],
    [
      () => rule("gather", [spec([2]), spec([2])], { axis: 0 }),
      "gather",
      "expected integer indices, received float32.",
    ],
    [
      () => rule("scatter_add", [spec([4, 3]), index([2, 1]), spec([2, 2])], {}),
      "scatter_add",
      "expected updates of shape (2, 3), received (2, 2).",
    ],
    [
      () => rule("scatter_along", [spec([4, 3]), index([4, 1]), spec([4, 2])], { axis: 1 }),
      "scatter_along",
      "expected updates of shape (4, 1), received (4, 2).",
    ],
    [
      () => rule("scatter_along", [spec([4, 3]), index([3, 1]), spec([3, 1])], { axis: 1 }),
      "scatter_along",
      "expected indices of shape (4, 1), received (3, 1).",
    ],
    [
      () =>
        shapeOf(
          "matmul",
          [
            [2, 3],
            [4, 5],
          ],
          {},
        ),
      "matmul",
      "cannot multiply (2, 3) by (4, 5).",
    ],
    [
      () =>
        shapeOf(
          "einsum",
          [
            [2, 3],
            [4, 5],
          ],
          { equation: "ab,bc->ac" },
        ),
      "einsum",
      'expected operands that fit "ab,bc->ac", received (2, 3), (4, 5).',
    ],
    [
      () => shapeOf("einsum", [[2]], { equation: "...a" }),
      "einsum",
      'expected an equation such as "ab,bc->ac", received "...a".',
    ],
    [
      () =>
        shapeOf(
          "conv",
          [
            [1, 9, 4],
            [3, 3, 8],
          ],
          { strides: [1], padding: [[0, 0]], dilation: [1], groups: 1 },
        ),
      "conv",
      "expected kernel with 4 input channels, received 3.",
    ],
    [
      () =>
        shapeOf(
          "conv",
          [
            [1, 9, 4],
            [3, 4, 8],
          ],
          { strides: [1], padding: [[0, 0]], dilation: [1], groups: 2 },
        ),
      "conv",
      "expected kernel with 2 input channels in each of 2 groups, received 4.",
    ],
    [
      () =>
        shapeOf(
          "conv",
          [
            [1, 1, 4],
            [9, 4, 8],
          ],
          { strides: [1], padding: [[0, 0]], dilation: [1], groups: 1 },
        ),
      "conv",
      "expected an input as large as the window, received (1, 1, 4).",
    ],
    [
      () =>
        shapeOf(
          "conv_transpose",
          [
            [1, 9, 4],
            [3, 8, 3],
          ],
          { strides: [1], padding: [[0, 0]], dilation: [1], groups: 1 },
        ),
      "conv_transpose",
      "expected kernel with 4 input channels, received 3.",
    ],
    [
      () =>
        shapeOf(
          "conv_transpose",
          [
            [1, 9, 4],
            [3, 8, 4],
          ],
          { strides: [1], padding: [[0, 0]], dilation: [1], groups: 3 },
        ),
      "conv_transpose",
      "expected channels in 3 equal groups, received 4.",
    ],
    [
      () => shapeOf("top_k", [[2, 3]], { k: 4 }),
      "top_k",
      "expected a last axis of at least 4, received (2, 3).",
    ],
    [
      () => rule("random_bits", [index([2])], { shape: [] }),
      "random_bits",
      "expected a key of dtype uint32, received int32.",
    ],
    [
      () => rule("random_gamma", [spec([3], "uint32"), spec([2])], { log: false }),
      "random_gamma",
      "expected a key of shape (2,), received (3,).",
    ],
    [
      () => rule("random_binomial", [spec([2], "uint32"), spec([2]), spec([3])], { dtype: "float32" }),
      "random_binomial",
      "expected a probability for each count, received float32 (2,) and float32 (3,).",
    ],
  ];
  it.each(errors)("error %#", (run, primitive, message) => {
    expect(run).toThrow(new ShapeError(primitive, message));
  });

  it("scan gives the states as they came in and stacks the outputs", () => {
    const value = new Value([2], "float32");
    const step = new Value([null, 3], "float32");
    const body = {
      inputs: [value, step],
      constants: new Map(),
      variables: new Map(),
      instructions: [],
      outputs: [value, step],
      updates: new Map(),
    };
    const attributes = { body, consts: 0, carries: 1, reverse: false };
    expect(rule("scan", [spec([2]), spec([7, null, 3])], attributes).map(({ shape }) => shape)).toEqual([
      [2],
      [7, null, 3],
    ]);
    expect(() => rule("scan", [spec([3]), spec([7, 2, 3])], attributes)).toThrow(
      new ShapeError("scan", "expected input 0 of float32 (2,), received float32 (3,)."),
    );
  });
});
