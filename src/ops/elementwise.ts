import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { unary } from "./define.ts";
import { asDType, asFloat, asOperand, asResult, type OperandLike } from "./operands.ts";

export const negative = /* @__PURE__ */ unary("numpy.Negative", (x) => prim("neg", [asOperand(x)]));
/** The distance from 0. */
export const absolute = /* @__PURE__ */ unary("numpy.Absolute", (x) => magnitude(x));
/** -1, 0 or 1. */
export const sign = /* @__PURE__ */ unary("numpy.Sign", (x) => prim("sign", [asOperand(x)]));

export const square = /* @__PURE__ */ unary("numpy.Square", (x) => {
  const operand = asOperand(x);
  const number = dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
  return prim("mul", [number, number]);
});

export const reciprocal = /* @__PURE__ */ unary("numpy.Reciprocal", (x) => {
  const operand = asFloat(x);
  return prim("div", [asDType(1, dtypeOf(operand)), operand]);
});

/** The same tensor. */
export const copy = /* @__PURE__ */ unary("numpy.Copy", (x) => asResult(asOperand(x)));

function magnitude(x: OperandLike) {
  const operand = asOperand(x);
  return dtypeOf(operand) === "bool" ? asResult(operand) : prim("abs", [operand]);
}
