import { describe, expect, it } from "vitest";
import { Input, KerasTensor, type Tensor } from "../../src/index.ts";
import { Dense } from "../../src/layers/core/dense.ts";
import * as ops from "../../src/ops/index.ts";
import { expectIdentical, messageOf, numbers, values } from "./common.ts";

const symbol = (dtype: "float32" | "int32" | "bool" = "float32") => Input({ batch_shape: [3, 3], dtype });

describe("backend/common/keras_tensor_test.py", () => {
  it("test_attributes: a shape and a dtype that nobody sets", () => {
    const x = Input({ batch_shape: [3], dtype: "float32" });
    expect([x.shape, x.dtype]).toEqual([[3], "float32"]);
    for (const [key, value] of [
      ["shape", [3, 2]],
      ["dtype", "int32"],
    ] as const) {
      expect(() => {
        (x as unknown as Record<string, unknown>)[key] = value;
      }).toThrow(TypeError);
    }
    expect([x.shape, x.dtype]).toEqual([[3], "float32"]);
  });

  it.each<readonly [string, (x: never) => unknown]>([
    ["a plus", (x) => x + (1 as never)],
    ["a number", (x) => Number(x)],
    ["a comparison", (x) => x < (0 as never)],
  ])("test_invalid_usage: %s of JavaScript", (_, act) => {
    expect(messageOf(() => act(symbol() as never))).toMatch(
      /^KerasTensor: expected a function of ceratops\/ops, such as add\(a, b\), received an operator of JavaScript on <KerasTensor shape=\(3, 3\), dtype=float32, name=.*>\. It has no numbers\.$/,
    );
  });

  it("test_bool: no truth in it", () => {
    // JavaScript asks nobody whether an object is true; where a number is made of it, it is refused.
    expect(() => Math.max(symbol() as never, 0)).toThrow("It has no numbers.");
    expect(`${symbol()}`).toMatch(/^<KerasTensor shape=\(3, 3\)/);
  });

  it("test_iterating: nothing to go through", () => {
    expect(Symbol.iterator in symbol()).toBe(false);
  });

  it("test_any_symbolic_tensors: anywhere in the arguments makes a call symbolic", () => {
    const [x, y] = [symbol(), numbers([3, 3])];
    for (const call of [() => ops.stack([y, x]), () => ops.add(y, x), () => ops.where(x, y, y)])
      expect(call()).toBeInstanceOf(KerasTensor);
    for (const call of [() => ops.stack([y, y]), () => ops.add(y, y)])
      expect(call()).not.toBeInstanceOf(KerasTensor);
  });

  it("test_is_keras_tensor: a class of its own", () => {
    expect(symbol()).toBeInstanceOf(KerasTensor);
    expect(new Dense({ units: 1 }).apply(symbol())).toBeInstanceOf(KerasTensor);
    expect(numbers([2])).not.toBeInstanceOf(KerasTensor);
  });
});

type Dtype = "float32" | "int32" | "bool";
type Ops = (...operands: never[]) => unknown;

/** Python's operators, the function each is here, the class of the node, and what it takes. */
const operators: readonly (readonly [string, string, string, Dtype])[] = [
  ["abs", "absolute", "Absolute", "float32"],
  ["neg", "negative", "Negative", "float32"],
  ["sub", "subtract", "Subtract", "float32"],
  ["mul", "multiply", "Multiply", "float32"],
  ["matmul", "matmul", "Matmul", "float32"],
  ["pow", "power", "Power", "float32"],
  ["mod", "mod", "Mod", "float32"],
  ["lt", "less", "Less", "float32"],
  ["and", "logicalAnd", "LogicalAnd", "bool"],
  ["or", "logicalOr", "LogicalOr", "bool"],
  ["radd", "add", "Add", "float32"],
  ["rsub", "subtract", "Subtract", "float32"],
  ["rmul", "multiply", "Multiply", "float32"],
  ["rmatmul", "matmul", "Matmul", "float32"],
  ["rpow", "power", "Power", "float32"],
  ["floordiv", "floorDivide", "FloorDivide", "float32"],
  ["rfloordiv", "floorDivide", "FloorDivide", "float32"],
  ["rmod", "mod", "Mod", "float32"],
  ["le", "lessEqual", "LessEqual", "float32"],
  ["gt", "greater", "Greater", "float32"],
  ["ge", "greaterEqual", "GreaterEqual", "float32"],
  ["ne", "notEqual", "NotEqual", "float32"],
  ["rand", "logicalAnd", "LogicalAnd", "bool"],
  ["ror", "logicalOr", "LogicalOr", "bool"],
  ["invert", "logicalNot", "LogicalNot", "bool"],
  ["xor", "logicalXor", "LogicalXor", "bool"],
  ["rxor", "logicalXor", "LogicalXor", "bool"],
  ["truediv", "trueDivide", "TrueDivide", "float32"],
  ["rtruediv", "trueDivide", "TrueDivide", "float32"],
  ["div", "divide", "Divide", "float32"],
  ["rdiv", "divide", "Divide", "float32"],
];

describe("operators of backend/common/keras_tensor_test.py", () => {
  it.each(operators)("test_operators: %s is %s", (python, name, className, dtype) => {
    const op = (ops as unknown as Readonly<Record<string, Ops>>)[name]!;
    const x = symbol(dtype);
    const other = dtype === "bool" ? symbol("bool") : numbers([3, 3], 2);
    const isUnary = op.length === 1 || ["abs", "neg", "invert"].includes(python);
    const given = isUnary ? [x] : python.startsWith("r") ? [other, x] : [x, other];
    const y = op(...(given as never[])) as KerasTensor;
    expect(y).toBeInstanceOf(KerasTensor);
    expect(y.node!.operation.constructor.className).toBe(className);
    expectIdentical(y.node!.args.slice(0, given.length), given);
    expect(y.shape).toEqual([3, 3]);
  });

  it("test_operators: getitem is getItem", () => {
    const y = ops.getItem(symbol(), 1) as KerasTensor;
    expect([y.node!.operation.constructor.className, y.shape]).toEqual(["GetItem", [3]]);
    expect(values(ops.getItem(numbers([3, 3]), 1) as Tensor)).toHaveLength(1);
  });
});
