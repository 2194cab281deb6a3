import * as ort from "onnxruntime-node";
import { describe, expect, it } from "vitest";
import { EngineError } from "../../errors.ts";
import { Builder } from "../../program/builder.ts";
import { emitAny } from "../../program/emit-any.fixture.ts";
import type { Value } from "../../program/value.ts";
import { Variable } from "../../program/variable.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { toGraph } from "./graph.ts";
import { exportOnnx, exportOnnxFiles } from "./index.ts";

const floats = (shape: number[], ...values: number[]) =>
  new Tensor("float32", shape, Float32Array.from(values));

function apply(...args: Parameters<typeof emitAny>): Value {
  return emitAny(...args)[0] as Value;
}

/** Zeros around the middle one of three axes. */
const frame = {
  padding: [
    [0, 0],
    [1, 1],
    [0, 0],
  ],
  mode: "constant",
  value: 0,
};

function dense(batch: number | null = null) {
  const builder = new Builder();
  const kernel = new Variable({
    name: "kernel",
    shape: [2, 2],
    dtype: "float32",
    initialize: () => floats([2, 2], 1, 2, 3, 4),
  });
  kernel.path = "dense/kernel";
  const x = builder.input({ shape: [batch, 2], dtype: "float32" });
  const y = apply("matmul", [x, kernel], {});
  return { builder, kernel, x, y };
}

describe("exportOnnx", () => {
  it("names inputs, outputs and the batch", async () => {
    const { builder, y } = dense();
    const model = exportOnnx(builder.finish([y]), { name: "dense", inputNames: ["x"], outputNames: ["y"] });
    const session = await ort.InferenceSession.create(model);
    expect(session.inputMetadata).toMatchObject([{ name: "x", type: "float32", shape: ["batch", 2] }]);
    expect(session.outputMetadata).toMatchObject([{ name: "y", type: "float32", shape: ["batch", 2] }]);
    await session.release();
  });

  it("takes variables as inputs, and gives their updates, on request", async () => {
    const { builder, kernel, y } = dense();
    builder.update(kernel, apply("add", [builder.variable(kernel), builder.variable(kernel)], {}));
    const session = await ort.InferenceSession.create(
      exportOnnx(builder.finish([y]), { variables: "inputs" }),
    );
    expect(session.inputNames).toEqual(["input_0", "dense/kernel"]);
    expect(session.outputNames).toEqual(["output_0", "updated/dense/kernel"]);
    const result = await session.run({
      input_0: new ort.Tensor("float32", [1, 1], [1, 2]),
      "dense/kernel": new ort.Tensor("float32", [5, 6, 7, 8], [2, 2]),
    });
    expect(result.output_0!.data).toEqual(Float32Array.of(12, 14));
    expect(result["updated/dense/kernel"]!.data).toEqual(Float32Array.of(10, 12, 14, 16));
    await session.release();
  });

  it("does not hold more than a protobuf can", () => {
    const builder = new Builder();
    const data = new Float32Array(2 ** 24);
    const rows = Array.from({ length: 32 }, () => new Tensor("float32", [2 ** 24], data));
    const x = builder.input({ shape: [1], dtype: "float32" });
    const sum = rows.reduce<Value>((total, row) => apply("add", [total, row], {}), x);
    expect(() => exportOnnx(builder.finish([sum]), { name: "large" })).toThrow(EngineError);
    expect(() => exportOnnx(builder.finish([sum]), { name: "large" })).toThrow(
      /^ONNX model "large": expected at most 2147483647 bytes, received \d{10}\. Larger models keep their weights beside them: write to a path with exportOnnx of ceratops\/node\.$/,
    );
  });
});

describe("toGraph", () => {
  const ops = (graph: ReturnType<typeof toGraph>["graph"]) => graph.nodes.map(({ op }) => op);

  it("gives an output that is an input, a constant or given twice a name of its own", () => {
    const builder = new Builder();
    const x = builder.input({ shape: [2], dtype: "float32" });
    const constant = builder.constant(floats([1], 3));
    const { graph } = toGraph(builder.finish([x, x, constant]));
    expect(graph.outputs.map(({ name }) => name)).toEqual(["output_0", "output_1", "output_2"]);
    expect(ops(graph)).toEqual(["Identity", "Identity", "Identity"]);
  });

  it("turns a known kernel while lowering", () => {
    const builder = new Builder();
    const x = builder.input({ shape: [null, 4, 4, 1], dtype: "float32" });
    const kernel = builder.constant(floats([1, 1, 2, 1], 1, 2));
    const attributes = { strides: [1, 1], padding: [[0, 0] as const, [0, 0] as const], dilation: [1, 1] };
    const reshaped = apply("reshape", [kernel], { shape: [1, 1, 1, 2] });
    const y = apply("conv", [x, reshaped], { ...attributes, groups: 1 });
    const { graph } = toGraph(builder.finish([y]));
    expect(ops(graph)).toEqual(["Transpose", "Conv", "Transpose", "Identity"]);
    expect([...graph.initializers.values()].map(({ shape }) => shape)).toEqual([[2, 1, 1, 1]]);
  });

  it.each([
    ["a layer's weights", "abc,cde->abde", [null, 3, 4], [4, 5, 2], ["Reshape", "MatMul", "Reshape"]],
    ["several contracted", "abcd,cde->abe", [null, 3, 4, 5], [4, 5, 2], ["Reshape", "Reshape", "MatMul"]],
    ["a matrix", "abc,cd->abd", [null, 3, 4], [4, 5], ["MatMul"]],
    ["attention", "abcd,aecd->acbe", [null, 3, 2, 4], [null, 3, 2, 4], ["Transpose", "Transpose", "MatMul"]],
    ["no contraction", "a,b->ab", [2], [3], ["Einsum"]],
    ["a sum on the way", "ab,c->c", [2, 3], [4], ["Einsum"]],
  ])("writes an einsum of %s with few nodes", (_, equation, a, b, expected) => {
    const builder = new Builder();
    const operands = [a, b].map((shape) => builder.input({ shape, dtype: "float32" }));
    const { graph } = toGraph(builder.finish([apply("einsum", operands, { equation })]));
    expect(ops(graph).slice(0, -1)).toEqual(expected);
  });

  it.each<[string, object, object, "conv" | "max_pool", string[]]>([
    ["a convolution", {}, {}, "conv", ["Relu", "Transpose", "Conv", "Transpose"]],
    ["a maximum of what is not negative", {}, {}, "max_pool", ["Relu", "Transpose", "MaxPool", "Transpose"]],
    [
      "no maximum of windows that may have nothing else",
      {},
      { padding: [[1, 1]] },
      "max_pool",
      ["Relu", "Pad", "Transpose", "MaxPool", "Transpose"],
    ],
    ["no ones", { value: 1 }, {}, "conv", ["Relu", "Pad", "Transpose", "Conv", "Transpose"]],
    [
      "no zeros beside the channels",
      {
        padding: [
          [0, 0],
          [0, 0],
          [0, 1],
        ],
      },
      {},
      "conv",
      ["Relu", "Pad", "Transpose", "Conv", "Transpose"],
    ],
  ])("takes zeros around an image into %s", (_, padded, windowed, primitive, expected) => {
    const builder = new Builder();
    const channels = "padding" in padded ? 2 : 3;
    const x = apply("relu", [builder.input({ shape: [null, 8, channels], dtype: "float32" })], {});
    const image = apply("pad", [x], { ...frame, ...padded });
    const kernel = builder.constant(floats([2, 3, 1], 1, 2, 3, 4, 5, 6));
    const y =
      primitive === "conv"
        ? apply("conv", [image, kernel], { strides: [1], padding: [[0, 0]], dilation: [1], groups: 1 })
        : apply("max_pool", [image], { window: [2], strides: [1], padding: [[0, 0]], ...windowed });
    const { graph } = toGraph(builder.finish([y]));
    expect(ops(graph).slice(0, -1)).toEqual(expected);
  });

  it("leaves the zeros around what may be negative for a maximum to count", () => {
    const builder = new Builder();
    const x = builder.input({ shape: [null, 8, 3], dtype: "float32" });
    const image = apply("pad", [x], frame);
    const y = apply("max_pool", [image], { window: [2], strides: [1], padding: [[0, 0]] });
    expect(ops(toGraph(builder.finish([y])).graph)).toContain("Pad");
  });

  it("leaves one unknown dimension of a reshape to be inferred", () => {
    const builder = new Builder();
    const x = builder.input({ shape: [null, 4], dtype: "float32" });
    const size = apply("dim", [x], { axis: 0 });
    const y = apply("reshape", [x, size], { shape: [-2, 2, 2] });
    const { graph } = toGraph(builder.finish([y]));
    expect(ops(graph)).toEqual(["Reshape", "Identity"]);
    expect([...graph.initializers.values()].map((constant) => "data" in constant && constant.data)).toEqual([
      BigInt64Array.of(-1n, 2n, 2n),
    ]);
  });

  it.each([
    [
      "lanczos on an open size",
      (builder: Builder) =>
        apply("upsample", [builder.input({ shape: [null, null, 4, 1], dtype: "float32" })], {
          factors: [2, 2],
          method: "lanczos3",
        }),
      "upsample",
      "expected known spatial dimensions for lanczos3 on ONNX, received (None, None, 4, 1).",
    ],
    [
      "a window of padding only",
      (builder: Builder) =>
        apply("max_pool", [builder.input({ shape: [1, 8, 1], dtype: "float32" })], {
          window: [2],
          strides: [1],
          padding: [[2, 0]],
        }),
      "MaxPool",
      "expected padding smaller than the window (2), received [[2, 0]].",
    ],
  ])("refuses %s", (_, trace, where, message) => {
    const builder = new Builder();
    const output = trace(builder);
    expect(() => toGraph(builder.finish([output]))).toThrow(new EngineError(where, message));
  });
});

describe("options of an export", () => {
  it.each<[object, string]>([
    [{ inputNames: [] }, "expected inputNames to have 1 names, received []."],
    [{ outputNames: "y" }, 'expected outputNames to be a list of strings, received "y".'],
    [{ batch: 3 }, "expected batch to be a string, received 3."],
    [{ batchOutputs: ["y"] }, 'expected batchOutputs to be a list of places of outputs, received ["y"].'],
    [
      { variables: "all" },
      'expected variables to be "constants", "inputs" or "updated inputs", received "all".',
    ],
    [{ metadata: { a: 1 } }, "expected metadata to be a record of strings, received { a: 1 }."],
    [{ largest: -1 }, "expected largest to be an integer from 0 on, received -1."],
    [{ largeWeight: 0.5 }, "expected largeWeight to be an integer from 0 on, received 0.5."],
    [{ piecesOf: [] }, "expected piecesOf to be a function, received []."],
  ])("refuses %j", async (options, message) => {
    const { builder, y } = dense();
    await expect(exportOnnxFiles(builder.finish([y]), options as never)).rejects.toThrow(
      new EngineError("exportOnnxFiles", message),
    );
  });
});
