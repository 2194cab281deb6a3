import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import type { Numeric } from "../program/emit.ts";
import { axisOf } from "./axes.ts";
import { listed, type UnaryOp, unary } from "./define.ts";
import { type Dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { integerList, integersField } from "./kinds.ts";
import { checkTimes } from "./made.ts";
import { permute, reversed } from "./moving.ts";
import { type OperandLike, rankOf, shapeOf } from "./operands.ts";
import { without } from "./reduction.ts";
import { sliceAxis } from "./slice-axis.ts";

const sections = () => ({
  /** How many equal parts, or the places before which it is cut. */
  indices_or_sections: integersField(),
});

/** Cut along an axis into parts that are as equal as can be: the first ones have one element more. */
export const arraySplit = /* @__PURE__ */ unary<ReturnType<typeof anyParts>, KerasTensor[], Numeric[]>(
  "numpy.ArraySplit",
  (x, { indices_or_sections: count, axis }) => {
    const at = axisOf(axis, rankOf(x), "arraySplit");
    const size = shapeOf(x)[at];
    if (typeof size !== "number")
      throw new ShapeError("arraySplit", `expected axis ${at} to have a known size, received None.`);
    checkTimes("arraySplit", "parts", count);
    const ends = Array.from({ length: count - 1 }, (_, i) => {
      return (i + 1) * Math.floor(size / count) + Math.min(i + 1, size % count);
    });
    return cut(x, at, ends);
  },
  anyParts,
);

function anyParts() {
  return {
    /** How many parts. */
    indices_or_sections: int(),
    /** The axis that is cut. Defaults to 0. */
    axis: int(0),
  };
}

/** Cut along the second axis, or the only one, as `split` does. */
export const hsplit = /* @__PURE__ */ splitting("Hsplit", (rank) => (rank === 1 ? 0 : 1));
/** Cut along the first axis, as `split` does. */
export const vsplit = /* @__PURE__ */ splitting("Vsplit", () => 0);
/** Cut along the third axis, as `split` does. */
export const dsplit = /* @__PURE__ */ splitting("Dsplit", () => 2);

function splitting(
  className: string,
  axisFor: (rank: number) => number,
): UnaryOp<ReturnType<typeof sections>, KerasTensor[], Numeric[]> {
  return unary<ReturnType<typeof sections>, KerasTensor[], Numeric[]>(
    `numpy.${className}`,
    (x, { indices_or_sections: parts }) => {
      const at = axisOf(axisFor(rankOf(x)), rankOf(x), className.toLowerCase());
      if (typeof parts !== "number") return cut(x, at, parts);
      const size = shapeOf(x)[at];
      if (typeof size !== "number" || size % parts !== 0) {
        const message = `expected an axis that ${parts} divides, received ${size ?? "None"}.`;
        throw new ShapeError(className.toLowerCase(), message);
      }
      checkTimes(className.toLowerCase(), "parts", parts);
      return cut(
        x,
        at,
        Array.from({ length: parts - 1 }, (_, i) => ((i + 1) * size) / parts),
      );
    },
    sections,
  );
}

function cut(x: OperandLike, axis: number, ends: readonly number[]): Numeric[] {
  return [...ends, null].map((end, i) => sliceAxis(x, axis, i === 0 ? null : ends[i - 1]!, end));
}

/** One behind the other along a third axis: vectors and matrices get one. */
export const dstack = /* @__PURE__ */ listed("numpy.Dstack", (xs) =>
  join(
    xs.map((x) => (rankOf(x) > 2 ? x : reshapeTo(x, deep(x)))),
    2,
  ),
);

/** The shape with three dimensions: a vector is a row. */
function deep(x: OperandLike): Dimension[] {
  const sizes = dimensions(x);
  if (sizes.length === 2) return [...sizes, 1];
  return [1, sizes[0] ?? 1, 1];
}

/** Columns in reverse. */
export const fliplr = /* @__PURE__ */ unary("numpy.Fliplr", (x) =>
  reversed(x, [axisOf(1, rankOf(x), "fliplr")]),
);
/** Rows in reverse. */
export const flipud = /* @__PURE__ */ unary("numpy.Flipud", (x) =>
  reversed(x, [axisOf(0, rankOf(x), "flipud")]),
);

/** Turned by 90 degrees `k` times, from the first of the axes to the second. */
export const rot90 = /* @__PURE__ */ unary(
  "numpy.Rot90",
  (x, { k, axes: plane }) => {
    const rank = rankOf(x);
    const [from, to, ...more] = plane.map((axis) => axisOf(axis, rank, "rot90"));
    if (from === undefined || to === undefined || more.length > 0 || from === to)
      throw new ShapeError("rot90", `expected two axes, received [${plane.join(", ")}].`);
    const turns = ((k % 4) + 4) % 4;
    const swapped = Array.from({ length: rank }, (_, i) => (i === from ? to : i === to ? from : i));
    if (turns === 0) return permute(x, [...swapped.keys()]);
    if (turns === 2) return reversed(x, [from, to]);
    return turns === 1 ? permute(reversed(x, [to]), swapped) : reversed(permute(x, swapped), [to]);
  },
  () => ({
    /** How many times. Defaults to 1. */
    k: int(1),
    /** The plane that is turned. Defaults to the first two axes. */
    axes: integerList([0, 1]),
  }),
  { tensors: ["array"] },
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
