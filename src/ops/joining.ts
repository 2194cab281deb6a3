import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric } from "../program/emit.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { axisOf } from "./axes.ts";
import { binary, listed, unary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { integersField } from "./kinds.ts";
import { checkTimes } from "./made.ts";
import { asResult, type OperandLike, promote, rankOf, shapeOf } from "./operands.ts";
import { without } from "./reduction.ts";
import { sliceAxis } from "./reshaping.ts";

/** One after the other along an axis. */
export const concatenate = /* @__PURE__ */ listed(
  "numpy.Concatenate",
  (xs, { axis }) => join(xs, axis),
  () => ({
    /** The axis along which they are joined. Defaults to 0. */
    axis: int(0),
  }),
);

/** One after the other along a new axis. */
export const stack = /* @__PURE__ */ listed(
  "numpy.Stack",
  (xs, { axis }) => {
    const at = axisOf(axis, rankOf(xs[0]!) + 1, "stack");
    return join(
      xs.map((x) => reshapeTo(x, dimensions(x).toSpliced(at, 0, 1))),
      at,
    );
  },
  () => ({
    /** The axis along which they are joined. Defaults to 0. */
    axis: int(0),
  }),
);

/** One behind the other: along the second axis, or the only one. */
export const hstack = /* @__PURE__ */ listed("numpy.Hstack", (xs) => {
  const wide = xs.map((x) => (rankOf(x) === 0 ? reshapeTo(x, [1]) : x));
  return join(wide, rankOf(wide[0]!) === 1 ? 0 : 1);
});

/** One below the other: along the first axis; a vector is a row. */
export const vstack = /* @__PURE__ */ listed("numpy.Vstack", (xs) =>
  join(
    xs.map((x) => (rankOf(x) < 2 ? reshapeTo(x, [1, ...(rankOf(x) === 0 ? [1] : dimensions(x))]) : x)),
    0,
  ),
);

/** `x2` behind `x1` along an axis; without one, both flattened. */
export const append = /* @__PURE__ */ binary(
  "numpy.Append",
  (x1, x2, { axis }) =>
    axis === null ? join([reshapeTo(x1, [-1]), reshapeTo(x2, [-1])], 0) : join([x1, x2], axis),
  () => ({
    /** The axis along which they are joined. Defaults to null: both are flattened. */
    axis: int(null),
  }),
);

/** Cut along an axis into equal parts, or before these indices. */
export const split = /* @__PURE__ */ unary<ReturnType<typeof splitFields>, KerasTensor[], Numeric[]>(
  "numpy.Split",
  (x, { indices_or_sections: parts, axis }) => {
    const at = axisOf(axis, rankOf(x), "split");
    const ends = typeof parts === "number" ? equalParts(shapeOf(x)[at]!, parts) : parts;
    return [...ends, null].map((end, i) => sliceAxis(x, at, i === 0 ? null : ends[i - 1]!, end));
  },
  splitFields,
);

/** The slices along an axis, without it; `num` says how many where the shape does not. */
export const unstack = /* @__PURE__ */ unary<ReturnType<typeof unstackFields>, KerasTensor[], Numeric[]>(
  "core.Unstack",
  (x, { num, axis }) => {
    const at = axisOf(axis, rankOf(x), "unstack");
    const count = num ?? shapeOf(x)[at];
    if (typeof count !== "number")
      throw new ShapeError("unstack", `expected axis ${at} to have a known size, or num.`);
    checkTimes("unstack", "num", count);
    return Array.from({ length: count }, (_, i) => without(sliceAxis(x, at, i, i + 1), [at]));
  },
  unstackFields,
);

function splitFields() {
  return {
    /** How many equal parts, or the places before which it is cut. */
    indices_or_sections: integersField(),
    /** The axis that is cut. Defaults to 0. */
    axis: int(0),
  };
}

function unstackFields() {
  return {
    /** How many slices there are. Defaults to the size of the axis. */
    num: int(null),
    /** The axis that is taken apart. Defaults to 0. */
    axis: int(0),
  };
}

/** One after the other along an axis, in their common dtype. */
export function join(xs: readonly OperandLike[], axis: number): Numeric {
  const operands = promote(xs);
  const at = axisOf(axis, rankOf(xs[0]!), "concatenate");
  return operands.length === 1 ? asResult(operands[0]) : piecePrim("concat", operands, { axis: at });
}

function equalParts(size: number | null, count: number): number[] {
  if (size === null || size % count !== 0) {
    throw new ShapeError(
      "split",
      `expected an axis that ${count} divides, received ${size === null ? "None" : size}.`,
    );
  }
  checkTimes("split", "parts", count);
  return Array.from({ length: count - 1 }, (_, i) => ((i + 1) * size) / count);
}
