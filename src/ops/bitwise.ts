import { prim } from "../program/prim.ts";
import { type BinaryOp, binary, unary } from "./define.ts";
import { asOperand, promote } from "./operands.ts";

/** Turns all bits, or the truth. */
export const bitwiseNot = /* @__PURE__ */ unary("numpy.BitwiseNot", (x) => prim("not", [asOperand(x)]));
export const bitwiseInvert = /* @__PURE__ */ unary("numpy.BitwiseInvert", (x) => prim("not", [asOperand(x)]));

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
