import { int } from "../fields/shorthands.ts";
import type { Numeric } from "../program/emit.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { axisOf } from "./axes.ts";
import { listed } from "./define.ts";
import { asResult, type OperandLike, promote, rankOf } from "./operands.ts";

/** One after the other along an axis. */
export const concatenate = /* @__PURE__ */ listed(
  "numpy.Concatenate",
  (xs, { axis }) => join(xs, axis),
  () => ({
    /** The axis along which they are joined. Defaults to 0. */
    axis: int(0),
  }),
);

/** One after the other along an axis, in their common dtype. */
export function join(xs: readonly OperandLike[], axis: number): Numeric {
  const operands = promote(xs);
  const at = axisOf(axis, rankOf(xs[0]!), "concatenate");
  return operands.length === 1 ? asResult(operands[0]) : piecePrim("concat", operands, { axis: at });
}
