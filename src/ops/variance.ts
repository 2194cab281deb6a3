import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { unary } from "./define.ts";
import type { Axes } from "./kinds.ts";
import { asDType, asOperand } from "./operands.ts";
import { momentsOf, reduction, resultDType } from "./reduction.ts";

/** The mean square distance from the mean. */
export const variance = /* @__PURE__ */ unary(
  "numpy.Var",
  (x, { axis, keepdims }) => varianceOf(asOperand(x), axis, keepdims),
  reduction,
);

/** The square root of the variance. */
export const std = /* @__PURE__ */ unary(
  "numpy.Std",
  (x, { axis, keepdims }) => prim("sqrt", [varianceOf(asOperand(x), axis, keepdims)]),
  reduction,
);

function varianceOf(operand: Operand, axis: Axes, keepdims: boolean): Numeric {
  return asDType(momentsOf(operand, axis, keepdims)[1], resultDType(operand));
}
