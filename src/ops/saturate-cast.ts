import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { type DType, isFloat } from "../tensor/dtype.ts";
import { unary } from "./define.ts";
import { asDType, asOperand, asResult } from "./operands.ts";
import { dtype as dtypeField } from "./value-kinds.ts";

/** The same values in another dtype; what that cannot hold becomes the nearest that it can. */
export const saturateCast = /* @__PURE__ */ unary(
  "core.SaturateCast",
  (x, { dtype }) => {
    const operand = asOperand(x);
    const range = rangeOf(dtype);
    if (!range || dtypeOf(operand) === "bool") return asResult(asDType(operand, dtype));
    const own = rangeOf(dtypeOf(operand));
    const min = Math.max(range[0], own?.[0] ?? range[0]);
    const max = Math.min(range[1], own?.[1] ?? range[1]);
    return asResult(asDType(prim("clamp", [operand], { min, max }), dtype));
  },
  () => ({
    /** The dtype of the result. */
    dtype: dtypeField(),
  }),
);

/** The least and greatest integer of a dtype; null for floats. */
function rangeOf(dtype: DType): [number, number] | null {
  if (isFloat(dtype) || dtype === "bool") return null;
  const bits = Number(/\d+/.exec(dtype)![0]);
  return dtype.startsWith("u") ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}
