import { ShapeError } from "../errors.ts";
import { anyJson, optional } from "../fields/kinds.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonValue } from "../json/json.ts";
import { dtypeOf, type Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { axisOf } from "./axes.ts";
import { binary } from "./define.ts";
import { type Dimension, dimension, product as productOf, reshapeTo } from "./dimensions.ts";
import { checkTimes } from "./made.ts";
import { numbers } from "./matmul.ts";
import { permute } from "./moving.ts";
import { asDType, type OperandLike, rankOf } from "./operands.ts";

/** NumPy's `dot`: the sum over the last axis of `x1` and the last but one of `x2`. */
export const dot = /* @__PURE__ */ binary("numpy.Dot", (x1, x2) => {
  const [ranks1, ranks2] = [rankOf(x1), rankOf(x2)];
  if (ranks1 === 0 || ranks2 === 0) return prim("mul", numbers(x1, x2));
  return contract(x1, x2, [ranks1 - 1], [Math.max(0, ranks2 - 2)]);
});

/** The sum over pairs of axes: the last `axes` of `x1` with the first of `x2`, or two lists. */
export const tensordot = /* @__PURE__ */ binary(
  "numpy.Tensordot",
  (x1, x2, { axes }) => {
    const [rank1, rank2] = [rankOf(x1), rankOf(x2)];
    if (typeof axes === "number") {
      checkTimes("tensordot", "axes", axes, Math.min(rank1, rank2));
      const count = Array.from({ length: axes }, (_, i) => i);
      return contract(
        x1,
        x2,
        count.map((i) => rank1 - axes + i),
        count,
      );
    }
    const [first, second] = axesOfBoth(axes);
    return contract(
      x1,
      x2,
      first.map((axis) => axisOf(axis, rank1, "tensordot")),
      second.map((axis) => axisOf(axis, rank2, "tensordot")),
    );
  },
  () => ({
    /** How many last axes of the first meet first ones of the second, or the two lists of axes that meet. Defaults to 2. */
    axes: optional(anyJson, 2 as JsonValue),
  }),
);

/** The axes of the first and the second that meet; one of each may stand without a list. */
function axesOfBoth(axes: JsonValue): readonly [number[], number[]] {
  const lists = Array.isArray(axes) ? axes.map((each) => [each].flat()) : [];
  const [first, second] = lists.filter((list): list is number[] => list.every(Number.isInteger));
  if (first && second && lists.length === 2 && first.length === second.length) return [first, second];
  throw new ShapeError(
    "tensordot",
    `expected a number of axes, or as many of the first as of the second such as [[1], [0]], received ${inspect(axes)}.`,
  );
}

/** Each element of one times each of the other. */
export const outer = /* @__PURE__ */ binary("numpy.Outer", (x1, x2) => {
  const [a, b] = numbers(x1, x2);
  return prim("mul", [reshapeTo(a, [-1, 1]), reshapeTo(b, [1, -1])]);
});

/** The sum of the products of all elements. */
export const vdot = /* @__PURE__ */ binary("numpy.Vdot", (x1, x2) => {
  const [a, b] = numbers(x1, x2);
  return contract(reshapeTo(a, [-1]), reshapeTo(b, [-1]), [0], [0]);
});

/** The sum over pairs of axes; what is left of `x1` comes first. */
function contract(
  x1: OperandLike,
  x2: OperandLike,
  axes1: readonly number[],
  axes2: readonly number[],
): Numeric {
  const [a, b] = numbers(x1, x2);
  const free1 = [...Array(rankOf(a)).keys()].filter((axis) => !axes1.includes(axis));
  const free2 = [...Array(rankOf(b)).keys()].filter((axis) => !axes2.includes(axis));
  const size = (x: OperandLike, axes: readonly number[]): Dimension =>
    productOf(axes.map((axis) => dimension(x, axis)));
  const left = reshapeTo(permute(a, [...free1, ...axes1]), [size(a, free1), size(a, axes1)]);
  const right = reshapeTo(permute(b, [...axes2, ...free2]), [size(b, axes2), size(b, free2)]);
  const target = [...free1.map((axis) => dimension(a, axis)), ...free2.map((axis) => dimension(b, axis))];
  return reshapeTo(asDType(prim("matmul", [left, right]), dtypeOf(a)), target);
}
