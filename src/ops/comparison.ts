import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { choose } from "./choose.ts";
import { type BinaryOp, binary, defineOp, type Op, type TensorLike } from "./define.ts";
import { asBool, type NumberList, type OperandLike, promote } from "./operands.ts";

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
