import { bool, float } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { isFloat } from "../tensor/dtype.ts";
import { choose } from "./choose.ts";
import { type BinaryOp, binary, defineOp, type Op, type TensorLike, unary } from "./define.ts";
import { bound } from "./kinds.ts";
import {
  asBool,
  asDType,
  asOperand,
  asResult,
  floatDType,
  type NumberList,
  type OperandLike,
  promote,
  tensorOfList,
} from "./operands.ts";

export { choose } from "./choose.ts";

type Plain = Record<never, never>;

function compare(className: string, primitive: "eq" | "ne" | "lt" | "le" | "gt" | "ge"): BinaryOp<Plain> {
  return binary(`numpy.${className}`, (x1, x2) => prim(primitive, promote([x1, x2])));
}

export const equal = /* @__PURE__ */ compare("Equal", "eq");
export const notEqual = /* @__PURE__ */ compare("NotEqual", "ne");
export const less = /* @__PURE__ */ compare("Less", "lt");
export const lessEqual = /* @__PURE__ */ compare("LessEqual", "le");
export const greater = /* @__PURE__ */ compare("Greater", "gt");
export const greaterEqual = /* @__PURE__ */ compare("GreaterEqual", "ge");

function logical(className: string, primitive: "and" | "or" | "xor"): BinaryOp<Plain> {
  return binary(`numpy.${className}`, (x1, x2) => prim(primitive, [asBool(x1), asBool(x2)]));
}

export const logicalAnd = /* @__PURE__ */ logical("LogicalAnd", "and");
export const logicalOr = /* @__PURE__ */ logical("LogicalOr", "or");
export const logicalXor = /* @__PURE__ */ logical("LogicalXor", "xor");

/** Whether two are equal within `atol + rtol · |x2|`. */
export const isclose = /* @__PURE__ */ binary(
  "numpy.Isclose",
  (x1, x2, { rtol, atol, equal_nan }) => {
    const [a, b] = promote([x1, x2], floatDType);
    const dtype = dtypeOf(a);
    const tolerance = prim("add", [
      asDType(atol, dtype),
      prim("mul", [asDType(rtol, dtype), prim("abs", [b])]),
    ]);
    const isNear = prim("le", [prim("abs", [prim("sub", [a, b])]), tolerance]);
    const isInfinite = prim("or", [prim("is_inf", [a]), prim("is_inf", [b])]);
    const result = prim("select", [isInfinite, prim("eq", [a, b]), isNear]);
    return equal_nan ? prim("or", [result, prim("and", [prim("is_nan", [a]), prim("is_nan", [b])])]) : result;
  },
  () => ({
    /** How far apart two numbers may be, as a share of the second. Defaults to 0.00001. */
    rtol: float(1e-5),
    /** How far apart they may be beside that. Defaults to 0.00000001. */
    atol: float(1e-8),
    /** Whether NaN is near NaN. Defaults to false. */
    equal_nan: bool(false),
  }),
  { positional: ["rtol", "atol"] },
);

type Choice = TensorLike | NumberList;

/** An op that chooses by a condition. */
export interface WhereOp extends Op {
  (condition: KerasTensor, x1: Choice, x2: Choice): KerasTensor;
  (condition: OperandLike | NumberList, x1: OperandLike | NumberList, x2: OperandLike | NumberList): Numeric;
  (condition: Choice, x1: Choice, x2: Choice): KerasTensor | Numeric;
}

/** `x1` where the condition holds, else `x2`. */
export const where = /* @__PURE__ */ defineOp<WhereOp>({
  path: "numpy.Where",
  tensors: ["condition", "x1", "x2"],
  compute: (condition: OperandLike, x1: OperandLike, x2: OperandLike) => choose(condition, x1, x2),
});

/** At least `x_min` and at most `x_max`; null is no bound. */
export const clip = /* @__PURE__ */ unary(
  "numpy.Clip",
  (x, { x_min, x_max }) => {
    const operand = asOperand(x);
    const number = dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
    if (
      typeof x_min === "number" &&
      typeof x_max === "number" &&
      fits(number, x_min) &&
      fits(number, x_max)
    ) {
      return prim("clamp", [number], { min: x_min, max: x_max });
    }
    const low = x_min === null ? number : prim("max", promote([number, tensorOfList(x_min) as OperandLike]));
    return x_max === null ? asResult(low) : prim("min", promote([low, tensorOfList(x_max) as OperandLike]));
  },
  () => ({
    /** The least value: a number, a tensor, or null for none. */
    x_min: bound(),
    /** The largest value: a number, a tensor, or null for none. */
    x_max: bound(),
  }),
);

/** Whether a number is one of an operand's dtype. */
function fits(operand: Operand, value: number): boolean {
  return isFloat(dtypeOf(operand)) || Number.isInteger(value);
}
