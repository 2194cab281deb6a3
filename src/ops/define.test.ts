import { beforeAll, describe, expect, it } from "vitest";
import { useReference } from "../engines/reference/index.ts";
import { KerasTensor } from "../graph/graph.ts";
import { resetNames } from "../graph/naming.ts";
import { stringifyPythonJson } from "../json/stringify.ts";
import { Variable } from "../program/variable.ts";
import { serialize } from "../registry/serialize.ts";
import { fromNested, full, toNested } from "../tensor/create.ts";
import type { Tensor } from "../tensor/tensor.ts";
import * as ops from "./index.ts";

const integers = fromNested([1, 2, 3]);
const symbol = new KerasTensor({ shape: [null, 3], dtype: "int32" });

beforeAll(useReference);

describe("numbers", () => {
  it.each([
    ["an int", 2, "int32"],
    ["a float that is whole", ops.float(2), "float32"],
    ["a float", 2.5, "float32"],
  ])("%s meets integers", (_, number, dtype) => {
    expect(ops.multiply(integers, number).dtype).toBe(dtype);
    expect(ops.multiply(symbol, number).dtype).toBe(dtype);
  });

  it("a float is written as one", () => {
    const { args } = ops.multiply(symbol, ops.float(2)).node!;
    expect(stringifyPythonJson(serialize(args))).toMatch(/, 2\.0\]$/);
  });

  it("lists stand for tensors", () => {
    expect(toNested(ops.add(integers, [1, 0, 1]) as Tensor)).toEqual([2, 2, 4]);
  });
});

it("an op has one class", () => {
  const double = ops.defineOp<ops.UnaryOp<Record<never, never>>>({
    path: "mine.Double",
    tensors: ["x"],
    compute: (x: ops.OperandLike) => ops.multiply(x, 2),
  });
  const { operation } = double(symbol).node!;
  expect(operation).toBeInstanceOf(double.Operation);
  expect(double(symbol).node!.operation.constructor).toBe(operation.constructor);
});

it("an op without a path: an error", () => {
  expect(() => ops.defineOp({ tensors: ["x"], compute: () => 1 } as never)).toThrow(
    'defineOp: expected { path, tensors, compute }, received { tensors: ["x"], compute: [function compute] }.',
  );
});

describe("options", () => {
  it.each<[name: string, call: () => unknown, message: string]>([
    [
      "unknown",
      () => ops.sum(integers, { axes: 1 } as never),
      'Sum: unknown option "axes". Did you mean "axis"?',
    ],
    [
      "of another kind",
      () => ops.sum(integers, { axis: "last" } as never),
      'Sum.axis: expected an integer or a list of them, received "last".',
    ],
    ["missing", () => ops.cast(integers, {} as never), "Cast.dtype: expected a dtype, received nothing."],
    [
      "out of range",
      () => ops.argmax(integers, { axis: 1 }),
      "argmax: expected an axis from -1 to 0, received 1.",
    ],
  ])("%s: an error", (_, call, message) => {
    expect(call).toThrow(message);
  });

  it("are the same on values and in the graph", () => {
    expect(() => ops.sum(symbol, { axes: 1 } as never)).toThrow(
      'Sum: unknown key "axes". Did you mean "axis"?',
    );
  });
});

describe("the graph", () => {
  it("names operations as Keras does", () => {
    resetNames();
    const names = [ops.add(symbol, 1), ops.sum(symbol), ops.add(symbol, 2)].map(
      ({ node }) => node!.operation.name,
    );
    expect(names).toEqual(["add", "sum", "add_1"]);
  });

  it("gives one KerasTensor per output", () => {
    const parts = ops.split(symbol, { indices_or_sections: 3, axis: -1 });
    expect(parts.map(({ shape }) => shape)).toEqual([
      [null, 1],
      [null, 1],
      [null, 1],
    ]);
  });

  it("has constants that depend on shapes only", () => {
    const fixed = new KerasTensor({ shape: [2, 3], dtype: "float32" });
    expect(ops.zerosLike(fixed).shape).toEqual([2, 3]);
  });

  it("takes tensors by their names", () => {
    const operation = ops.subtract(symbol, 1).node!.operation;
    const result = operation.invoke([], { x2: integers, x1: fromNested([5, 5, 5]) });
    expect(toNested(result as Tensor)).toEqual([4, 3, 2]);
  });
});

it("variables are read", () => {
  const variable = new Variable({
    name: "v",
    shape: [3],
    dtype: "float32",
    initialize: () => full([3], 2, "float32"),
  });
  expect(toNested(ops.multiply(variable, integers) as Tensor)).toEqual([2, 4, 6]);
  expect(toNested(ops.reshape(variable, { newshape: [3] }) as Tensor)).toEqual([2, 2, 2]);
});
