import { describe, expect, it } from "vitest";
import { EngineError } from "../../errors.ts";
import type { Attributes, PrimitiveName } from "../../program/primitives.ts";
import { encodeBfloat16, encodeFloat16 } from "../../tensor/float16.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { evaluate } from "./index.ts";

function run<K extends PrimitiveName>(
  primitive: K,
  inputs: readonly Tensor[],
  attributes: Attributes[K],
): Tensor {
  return evaluate(primitive, inputs, attributes)[0]!;
}

const half = (...values: number[]) => new Tensor("float16", [values.length], encodeFloat16(values));
const brain = (...values: number[]) => new Tensor("bfloat16", [values.length], encodeBfloat16(values));
const long = (...values: bigint[]) => new Tensor("int64", [values.length], BigInt64Array.from(values));
const ulong = (...values: bigint[]) => new Tensor("uint64", [values.length], BigUint64Array.from(values));
const index = (...values: number[]) => new Tensor("int32", [values.length], Int32Array.from(values));

describe("float16 and bfloat16", () => {
  it("are computed as float32 and rounded once", () => {
    expect(run("add", [half(1, 2048), half(2, 1)], {})).toEqual(half(3, 2048));
    expect(run("mul", [brain(1.5, 3), brain(2, -0.5)], {})).toEqual(brain(3, -1.5));
    expect(run("exp", [half(12)], {})).toEqual(half(Infinity));
    expect(run("reduce_sum", [half(2048, 1, 1)], { axes: [0], keepdims: true })).toEqual(half(2050));
  });

  it("are moved as they are", () => {
    expect(run("slice", [brain(1, 2, 3)], { start: [null], stop: [null], step: [-1] })).toEqual(
      brain(3, 2, 1),
    );
    expect(run("pad", [half(1)], { padding: [[1, 0]], mode: "constant", value: 0.5 })).toEqual(half(0.5, 1));
    expect(run("gather", [half(1, 2), index(1, 0)], { axis: 0 })).toEqual(half(2, 1));
  });

  it("give bool and int32 where others do", () => {
    expect([...run("lt", [half(1, 3), half(2, 2)], {}).data]).toEqual([1, 0]);
    expect([...run("argsort", [brain(3, -1, 2)], { axis: 0 }).data]).toEqual([1, 2, 0]);
    const [values, indices] = evaluate("top_k", [half(1, 5, 3)], { k: 2 });
    expect(values).toEqual(half(5, 3));
    expect(indices).toEqual(index(1, 2));
  });

  it("count up", () => {
    expect(run("iota", [], { length: 3, dtype: "bfloat16" })).toEqual(brain(0, 1, 2));
  });
});

describe("int64 and uint64", () => {
  const big = 2n ** 62n;

  it("are exact and wrap around", () => {
    expect(run("add", [long(big, 1n), long(big, 2n)], {})).toEqual(long(-(2n ** 63n), 3n));
    expect(run("mul", [long(big + 1n, -3n), long(2n, 5n)], {})).toEqual(long(-(2n ** 63n) + 2n, -15n));
    expect(run("sub", [ulong(1n), ulong(2n)], {})).toEqual(ulong(2n ** 64n - 1n));
    expect(run("mod", [long(-7n, 7n), long(3n, -3n)], {})).toEqual(long(2n, -2n));
    expect(run("floor_div", [long(-7n, 7n), long(3n, -3n)], {})).toEqual(long(-3n, -3n));
    expect(run("reduce_sum", [long(big, 5n)], { axes: [0], keepdims: true })).toEqual(long(big + 5n));
    expect(run("reduce_max", [long(-5n, -7n)], { axes: [0], keepdims: true })).toEqual(long(-5n));
    expect(run("cumsum", [long(big, 1n)], { axis: 0, reverse: false, exclusive: false })).toEqual(
      long(big, big + 1n),
    );
  });

  it("are compared, selected, sorted and moved", () => {
    expect([...run("gt", [long(big, 1n), long(big - 1n, 1n)], {}).data]).toEqual([1, 0]);
    expect(run("sort", [long(3n, -big, 2n)], { axis: 0 })).toEqual(long(-big, 2n, 3n));
    expect(run("concat", [long(1n), long(2n)], { axis: 0 })).toEqual(long(1n, 2n));
    expect(run("pad", [long(1n)], { padding: [[1, 1]], mode: "constant", value: 4 })).toEqual(
      long(4n, 1n, 4n),
    );
    const condition = run("gt", [long(1n, 2n), long(2n, 1n)], {});
    expect(run("select", [condition, long(1n, 2n), long(3n, 4n)], {})).toEqual(long(3n, 2n));
  });

  it("are indices", () => {
    expect(run("gather", [index(5, 6, 7), long(-1n, 0n)], { axis: 0 })).toEqual(index(7, 5));
  });

  it("are cast", () => {
    expect(run("cast", [long(-1n, 2n ** 32n + 5n)], { dtype: "int32" })).toEqual(index(-1, 5));
    expect(run("cast", [long(-1n)], { dtype: "uint64" })).toEqual(ulong(2n ** 64n - 1n));
    expect(run("cast", [index(-1, 7)], { dtype: "int64" })).toEqual(long(-1n, 7n));
    const floats = new Tensor("float32", [4], Float32Array.of(-1.5, 1e30, NaN, 7));
    expect(run("cast", [floats], { dtype: "int64" })).toEqual(long(-1n, 2n ** 63n - 1n, 0n, 7n));
    expect([...run("cast", [long(0n, 3n)], { dtype: "bool" }).data]).toEqual([0, 1]);
    expect([...run("cast", [long(-3n)], { dtype: "float64" }).data]).toEqual([-3]);
  });

  it("multiply as matrices", () => {
    const matrix = new Tensor("int64", [2, 2], BigInt64Array.of(1n, 2n, 3n, 4n));
    expect([...run("matmul", [matrix, matrix], {}).data]).toEqual([7n, 10n, 15n, 22n]);
  });

  it("are refused where there is no kernel", () => {
    const image = new Tensor("int64", [1, 2, 1], BigInt64Array.of(1n, 2n));
    const kernel = new Tensor("int64", [1, 1, 1], BigInt64Array.of(3n));
    const window = { strides: [1], padding: [[0, 0] as const], dilation: [1], groups: 1 };
    for (const primitive of ["conv", "conv_transpose"] as const)
      expect(() => run(primitive, [image, kernel], window)).toThrow(`${primitive} is not there for int64.`);
    expect(() => run("max_pool", [image], { window: [1], strides: [1], padding: [[0, 0]] })).toThrow(
      "max_pool is not there for int64.",
    );
  });
});

describe("indices out of range", () => {
  it("are errors", () => {
    expect(() => run("gather", [index(5, 6, 7), index(3)], { axis: 0 })).toThrow(
      new EngineError("reference: gather", "expected indices into 3 elements, received 3."),
    );
    const rows = new Tensor("int32", [1, 1], Int32Array.of(-4));
    expect(() => run("scatter_add", [index(5, 6, 7), rows, index(1)], {})).toThrow(
      new EngineError("reference: scatter_add", "expected indices into (3,), received -4 for axis 0."),
    );
  });
});

describe("integers where other arithmetic fails", () => {
  it.each<["mod" | "floor_div" | "pow" | "shift_left" | "shift_right", bigint[], bigint[], bigint[]]>([
    ["mod", [-7n, 7n, 7n], [3n, -3n, 0n], [2n, -2n, 0n]],
    ["floor_div", [-7n, 7n, 7n], [3n, -3n, 0n], [-3n, -3n, 0n]],
    ["pow", [-2n, 0n, 3n, -1n, 3n], [3n, 0n, -1n, -3n, 1n << 62n], [-8n, 1n, 0n, -1n, 1n]],
    ["shift_left", [3n, 3n, 3n], [2n, -1n, 1n << 62n], [12n, 0n, 0n]],
    ["shift_right", [-8n, -8n, 8n], [2n, -1n, 1n << 62n], [-2n, -1n, 0n]],
  ])("%s", (name, a, b, expected) => {
    expect(run(name, [long(...a), long(...b)], {})).toEqual(long(...expected));
  });

  it("shifts by less than 0 take all bits out", () => {
    expect(run("shift_left", [index(3, 3), index(2, -1)], {})).toEqual(index(12, 0));
    expect(run("shift_right", [index(-8, 8), index(-1, -1)], {})).toEqual(index(-1, 0));
  });
});
