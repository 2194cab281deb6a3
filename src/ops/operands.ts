import { ShapeError } from "../errors.ts";
import { checkLevel } from "../json/depth.ts";
import { inspect } from "../json/inspect.ts";
import { isFloat as isMarkedFloat } from "../json/marks.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Value } from "../program/value.ts";
import { Variable } from "../program/variable.ts";
import { castTensor, fromNested, scalar } from "../tensor/create.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { type PromotionType, resultType, resultTypeOf } from "../tensor/promote.ts";
import type { Shape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import { Float } from "./float.ts";

/** What stands for an operand: one (a tensor, a traced value, a variable), or a Python-like number. */
export type OperandLike = Operand | number | boolean | Float;

/** Numbers in lists, which stand for a tensor. */
export type NumberList = readonly (number | boolean | NumberList)[];

export function isOperand(value: unknown): value is Operand {
  return value instanceof Value || value instanceof Tensor || value instanceof Variable;
}

/** The shape of an input; a number has none of any dimension. */
export function shapeOf(x: OperandLike): Shape {
  return isOperand(x) ? x.shape : [];
}

export function rankOf(x: OperandLike): number {
  return shapeOf(x).length;
}

/** The dtype of an input, or `int`/`float` for a number, which follows what it meets. */
export function typeOf(x: OperandLike): PromotionType {
  if (isOperand(x)) return dtypeOf(x);
  if (typeof x === "boolean") return "bool";
  if (!isNumber(x)) numberOf(x);
  return Number.isInteger(x) ? "int" : "float";
}

/** Inputs as operands of one dtype: what Keras promotes them to, and then `at` makes of it. */
export function promote(
  inputs: readonly OperandLike[],
  at: (dtype: DType) => DType = (dtype) => dtype,
): [Operand, Operand, ...Operand[]] {
  const dtype = at(resultTypeOf(inputs.map(typeOf)));
  return inputs.map((input) => asDType(input, dtype)) as never;
}

/** An input that is no variable. */
type NumericLike = Exclude<OperandLike, Variable>;

/** An input as an operand of a dtype. */
export function asDType(input: NumericLike, dtype: DType): Numeric;
export function asDType(input: OperandLike, dtype: DType): Operand;
export function asDType(input: OperandLike, dtype: DType): Operand {
  if (!isOperand(input)) return scalar(numberOf(input), dtype);
  if (dtypeOf(input) === dtype) return input;
  return input instanceof Tensor ? castTensor(input, dtype) : prim("cast", [input], { dtype });
}

/** The number that an input is which is no operand. */
function numberOf(input: Exclude<OperandLike, Operand>): number {
  if (isNumber(input)) return Number(input);
  throw new ShapeError("ops", `expected a tensor or a number, received ${inspect(input)}.`);
}

/** Whether a value is a Python-like number, `float(…)` included. */
export function isNumber(value: unknown): value is number | boolean | Float {
  return typeof value === "number" || typeof value === "boolean" || value instanceof Float;
}

/** An input as an operand of its own dtype; a number becomes an int32 or float32 scalar. */
export function asOperand(input: NumericLike): Numeric;
export function asOperand(input: OperandLike): Operand;
export function asOperand(input: OperandLike): Operand {
  return isOperand(input) ? input : scalar(numberOf(input), resultType(typeOf(input)));
}

/** The float dtype that a dtype goes up to: integers become float32. */
export function floatDType(dtype: DType): DType {
  return isFloat(dtype) ? dtype : resultType(dtype, "float");
}

/** An input as a float operand: integers become float32. */
export function asFloat(input: NumericLike): Numeric;
export function asFloat(input: OperandLike): Operand;
export function asFloat(input: OperandLike): Operand {
  const operand = asOperand(input);
  return asDType(operand, floatDType(dtypeOf(operand)));
}

/** An input as booleans: whether it is not 0. */
export function asBool(input: NumericLike): Numeric;
export function asBool(input: OperandLike): Operand;
export function asBool(input: OperandLike): Operand {
  return asDType(asOperand(input), "bool");
}

/** What an op gives back for an operand that it leaves as it is. */
export function asResult(operand: Operand): Numeric {
  if (!(operand instanceof Variable)) return operand;
  return prim("reshape", [operand], { shape: operand.shape });
}

/** A list of numbers as a tensor; anything else as it is. */
export function tensorOfList(value: unknown): unknown {
  if (!Array.isArray(value) || !isNumberList(value)) return value;
  return fromNested(value, hasMarkedFloat(value) ? "float32" : undefined);
}

function isNumberList(value: readonly unknown[], level = 0): value is NumberList {
  checkLevel(level);
  return value.every(
    (item) =>
      typeof item === "number" ||
      typeof item === "boolean" ||
      (Array.isArray(item) && isNumberList(item, level + 1)),
  );
}

function hasMarkedFloat(list: NumberList): boolean {
  return list.some((item, i) => (typeof item === "object" ? hasMarkedFloat(item) : isMarkedFloat(list, i)));
}
