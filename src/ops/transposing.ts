import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import type { Numeric } from "../program/emit.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { axesOf, axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { axes, integerList, integersField } from "./kinds.ts";
import { permute, reversed } from "./moving.ts";
import { asOperand, asResult, rankOf, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";

/** Axes in another order; reversed without one. */
export const transpose = /* @__PURE__ */ unary(
  "numpy.Transpose",
  (x, { axes: order }) => permute(x, order ?? shapeOf(x).map((_, i) => rankOf(x) - 1 - i)),
  () => ({
    /** The axis that comes in each place. Defaults to the axes in reverse. */
    axes: integerList(null),
  }),
);

export const swapaxes = /* @__PURE__ */ unary(
  "numpy.Swapaxes",
  (x, { axis1, axis2 }) => {
    const rank = rankOf(x);
    const [a, b] = [axisOf(axis1, rank, "swapaxes"), axisOf(axis2, rank, "swapaxes")];
    const perm = Array.from({ length: rank }, (_, i) => (i === a ? b : i === b ? a : i));
    return permute(x, perm);
  },
  () => ({
    /** One of the axes. */
    axis1: int(),
    /** The other one. */
    axis2: int(),
  }),
);

/** Axes moved to other places, the rest in their order. */
export const moveaxis = /* @__PURE__ */ unary(
  "numpy.Moveaxis",
  (x, { source, destination }) => {
    const rank = rankOf(x);
    const from = [source].flat().map((axis) => axisOf(axis, rank, "moveaxis"));
    const to = [destination].flat().map((axis) => axisOf(axis, rank, "moveaxis"));
    const rest = Array.from({ length: rank }, (_, i) => i).filter((i) => !from.includes(i));
    const perm = Array.from({ length: rank }, (_, i) =>
      to.includes(i) ? from[to.indexOf(i)]! : rest.shift()!,
    );
    return permute(x, perm);
  },
  () => ({
    /** The axis, or axes, that move. */
    source: integersField(),
    /** Where they go. */
    destination: integersField(),
  }),
);

/** Reversed along axes, or along all. */
export const flip = /* @__PURE__ */ unary(
  "numpy.Flip",
  (x, { axis }) => reversed(x, axesOf(axis, rankOf(x), "flip")),
  () => ({
    /** The axis, or axes, along which the order is reversed. Defaults to all. */
    axis: axes(),
  }),
);

/** Shifted around along axes; without one, in the flattened tensor. */
export const roll = /* @__PURE__ */ unary(
  "numpy.Roll",
  (x, { shift, axis }) => {
    const shape = dimensions(x);
    const shifts = [shift].flat();
    const [first] = shifts;
    if (first === undefined)
      throw new ShapeError("roll", "expected a shift, or one for each axis, received [].");
    if (axis === null) return reshapeTo(rollOne(reshapeTo(x, [-1]), first, 0), shape);
    const list = [axis].flat();
    return list.reduce(
      (result, at, i) => rollOne(result, shifts[i % shifts.length]!, axisOf(at, shape.length, "roll")),
      asResult(asOperand(x)),
    );
  },
  () => ({
    /** By how many places, one number or one for each axis. */
    shift: integersField(),
    /** The axis, or axes, along which elements move. Defaults to null: flattened. */
    axis: axes(),
  }),
);

function rollOne(x: Numeric, shift: number, axis: number): Numeric {
  const size = x.shape[axis]!;
  const by = size === null ? shift : size === 0 ? 0 : ((shift % size) + size) % size;
  if (by === 0) return x;
  return piecePrim("concat", [sliceAxis(x, axis, -by, null), sliceAxis(x, axis, null, -by)], { axis });
}
