import { prim } from "../program/prim.ts";
import { type DType, isFloat, isInteger } from "../tensor/dtype.ts";
import { binary } from "./define.ts";
import { floatDType, promote } from "./operands.ts";

/** `x1 + x2`; for booleans, whether either holds. */
export const add = /* @__PURE__ */ binary("numpy.Add", (x1, x2) => {
  const operands = promote([x1, x2]);
  return prim(operands[0].dtype === "bool" ? "or" : "add", operands);
});

/** `x1 - x2`. */
export const subtract = /* @__PURE__ */ binary("numpy.Subtract", (x1, x2) => prim("sub", promote([x1, x2])));

/** `x1 * x2`; for booleans, whether both hold. */
export const multiply = /* @__PURE__ */ binary("numpy.Multiply", (x1, x2) => {
  const operands = promote([x1, x2]);
  return prim(operands[0].dtype === "bool" ? "and" : "mul", operands);
});

/** `x1 / x2`, in floats. */
export const divide = /* @__PURE__ */ binary("numpy.Divide", (x1, x2) =>
  prim("div", promote([x1, x2], floatDType)),
);

/** `x1` to the power of `x2`. */
export const power = /* @__PURE__ */ binary("numpy.Power", (x1, x2) =>
  prim("pow", promote([x1, x2], noBool)),
);

/** The larger of each two. */
export const maximum = /* @__PURE__ */ binary("numpy.Maximum", (x1, x2) => {
  const operands = promote([x1, x2]);
  return prim(operands[0].dtype === "bool" ? "or" : "max", operands);
});

/** The smaller of each two. */
export const minimum = /* @__PURE__ */ binary("numpy.Minimum", (x1, x2) => {
  const operands = promote([x1, x2]);
  return prim(operands[0].dtype === "bool" ? "and" : "min", operands);
});

export function noBool(dtype: DType): DType {
  return isFloat(dtype) || isInteger(dtype) ? dtype : "int32";
}
