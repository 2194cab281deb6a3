import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { unary } from "./define.ts";
import { asDType, asOperand, asResult } from "./operands.ts";

export const conjugate = /* @__PURE__ */ unary("numpy.Conjugate", (x) => asResult(asOperand(x)));
export const real = /* @__PURE__ */ unary("numpy.Real", (x) => asResult(asOperand(x)));
/** 0: there are no complex tensors here. */
export const imag = /* @__PURE__ */ unary("numpy.Imag", (x) => {
  const operand = asOperand(x);
  return prim("mul", [operand, asDType(0, dtypeOf(operand))]);
});
