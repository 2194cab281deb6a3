import { dtypeOf, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { isFloat } from "../tensor/dtype.ts";
import { unary } from "./define.ts";
import { asDType, asOperand, asResult, type OperandLike, promote, tensorOfList } from "./operands.ts";
import { bound } from "./value-kinds.ts";

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
