import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { type DType, isFloat, isInteger } from "../tensor/dtype.ts";
import { type BinaryOp, binary } from "./define.ts";
import { asDType, floatDType, promote } from "./operands.ts";

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
/** `x1 / x2`, in floats. */
export const trueDivide = /* @__PURE__ */ binary("numpy.TrueDivide", (x1, x2) =>
  prim("div", promote([x1, x2], floatDType)),
);

/** `x1 / x2`, and 0 where `x2` is 0. */
export const divideNoNan = /* @__PURE__ */ binary("numpy.DivideNoNan", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const zero = asDType(0, dtypeOf(a));
  const isZero = prim("eq", [b, zero]);
  const divisor = prim("select", [isZero, asDType(1, dtypeOf(a)), b]);
  return prim("select", [isZero, zero, prim("div", [a, divisor])]);
});

/** The greatest integer not above `x1 / x2`. */
export const floorDivide = /* @__PURE__ */ binary("numpy.FloorDivide", (x1, x2) =>
  prim("floor_div", promote([x1, x2], noBool)),
);

/** What a floor division leaves; it has the sign of `x2`. */
export const mod = /* @__PURE__ */ binary("numpy.Mod", (x1, x2) => prim("mod", promote([x1, x2], noBool)));

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

/** The angle of the point `(x2, x1)`. */
export const arctan2 = /* @__PURE__ */ binary("numpy.Arctan2", (x1, x2) =>
  prim("atan2", promote([x1, x2], floatDType)),
);

/** `log(exp(x1) + exp(x2))`. */
export const logaddexp = /* @__PURE__ */ binary("numpy.Logaddexp", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const distance = prim("abs", [prim("sub", [a, b])]);
  const rest = prim("log1p", [prim("exp", [prim("neg", [distance])])]);
  const ofEquals = prim("select", [prim("eq", [a, b]), asDType(Math.LN2, dtypeOf(a)), rest]);
  return prim("add", [prim("max", [a, b]), ofEquals]);
});

export const bitwiseAnd = /* @__PURE__ */ bitwise("BitwiseAnd", "and");
export const bitwiseOr = /* @__PURE__ */ bitwise("BitwiseOr", "or");
export const bitwiseXor = /* @__PURE__ */ bitwise("BitwiseXor", "xor");
export const bitwiseLeftShift = /* @__PURE__ */ bitwise("BitwiseLeftShift", "shift_left");
export const bitwiseRightShift = /* @__PURE__ */ bitwise("BitwiseRightShift", "shift_right");
export const leftShift = /* @__PURE__ */ bitwise("LeftShift", "shift_left");
export const rightShift = /* @__PURE__ */ bitwise("RightShift", "shift_right");

/** The bits of two integers, or two truths, put together. */
function bitwise(
  className: string,
  primitive: "and" | "or" | "xor" | "shift_left" | "shift_right",
): BinaryOp<Record<never, never>> {
  const tensors = ["x", "y"];
  return binary(`numpy.${className}`, (x, y) => prim(primitive, promote([x, y])), undefined, { tensors });
}

function noBool(dtype: DType): DType {
  return isFloat(dtype) || isInteger(dtype) ? dtype : "int32";
}
