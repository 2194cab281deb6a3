import type { Numeric } from "../program/emit.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { asOperand, type OperandLike, shapeOf } from "./operands.ts";

/** The elements from `start` to before `stop` of one axis. */
export function sliceAxis(
  x: OperandLike,
  axis: number,
  start: number | null,
  stop: number | null,
  step = 1,
): Numeric {
  const at = <V>(value: V, other: V) => shapeOf(x).map((_, i) => (i === axis ? value : other));
  return piecePrim("slice", [asOperand(x)], {
    start: at(start, null),
    stop: at(stop, null),
    step: at(step, 1),
  });
}
