import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { axisOf } from "./axes.ts";
import { binary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { permute } from "./moving.ts";
import { type OperandLike, promote, rankOf, shapeOf } from "./operands.ts";
import { without } from "./reduction.ts";
import { sliceAxis } from "./slice-axis.ts";

/** The cross product of vectors of 2 or 3 along an axis. */
export const cross = /* @__PURE__ */ binary(
  "numpy.Cross",
  (x1, x2, { axisa, axisb, axisc, axis }) => {
    const [a, b] = promote([x1, x2]);
    const left = parts(a, axis ?? axisa);
    const right = parts(b, axis ?? axisb);
    const minor = (i: number, j: number): Numeric | null => {
      const pairs = [
        [left[i], right[j]],
        [left[j], right[i]],
      ].map(([p, q]) => (p && q ? prim("mul", [p, q]) : null));
      if (pairs[0] && pairs[1]) return prim("sub", [pairs[0], pairs[1]]);
      return pairs[0] ?? (pairs[1] ? prim("neg", [pairs[1]]) : null);
    };
    const z = minor(0, 1)!;
    if (left.length === 2 && right.length === 2) return z;
    const wide = [minor(1, 2)!, minor(2, 0)!, z].map((part) => reshapeTo(part, [...dimensions(part), 1]));
    const stacked = join(wide, -1);
    const rank = rankOf(stacked);
    const to = axisOf(axis ?? axisc, rank, "cross");
    const perm = [...Array(rank - 1).keys()];
    perm.splice(to, 0, rank - 1);
    return permute(stacked, perm);
  },
  () => ({
    /** The axis of the vectors of the first. Defaults to -1. */
    axisa: int(-1),
    /** The axis of the vectors of the second. Defaults to -1. */
    axisb: int(-1),
    /** The axis of the vectors of the result. Defaults to -1. */
    axisc: int(-1),
    /** That of all three, where given. Defaults to none. */
    axis: int(null),
  }),
);

/** The components along an axis. */
function parts(x: OperandLike, axis: number): Numeric[] {
  const at = axisOf(axis, rankOf(x), "cross");
  const size = shapeOf(x)[at];
  if (size !== 2 && size !== 3) {
    throw new ShapeError(
      "cross",
      `expected vectors of 2 or 3 along axis ${axis}, received ${size ?? "None"}.`,
    );
  }
  return Array.from({ length: size }, (_, i) => without(sliceAxis(x, at, i, i + 1), [at]));
}
