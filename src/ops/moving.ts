import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { axisOf } from "./axes.ts";
import { asOperand, asResult, type OperandLike, rankOf, shapeOf } from "./operands.ts";

/** Axes in the order of `perm`; negative ones count from the end. */
export function permute(x: OperandLike, perm: readonly number[]): Numeric {
  const rank = rankOf(x);
  const order = perm.map((axis) => axisOf(axis, rank, "transpose"));
  if (order.every((axis, i) => axis === i)) return asResult(asOperand(x));
  return prim("transpose", [asOperand(x)], { perm: order });
}

/** Matrices with rows and columns swapped. */
export function turned(x: OperandLike): Numeric {
  const rank = rankOf(x);
  return permute(x, [...Array(rank - 2).keys(), rank - 1, rank - 2]);
}

/** The elements of some axes in reverse. */
export function reversed(x: OperandLike, axes: readonly number[]): Numeric {
  const all = shapeOf(x).map(() => null);
  const step = shapeOf(x).map((_, i) => (axes.includes(i) ? -1 : 1));
  return piecePrim("slice", [asOperand(x)], { start: all, stop: all, step });
}
