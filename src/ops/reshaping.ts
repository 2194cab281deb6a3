import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import type { Numeric } from "../program/emit.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { isAbstract, type Spec, Value } from "../program/value.ts";
import { axesOf, axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { broadcastTo as broadcast, type Dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { axes, integerList, integersField, targetShape } from "./kinds.ts";
import { checkTimes } from "./made.ts";
import { permute, reversed, sliceAxis } from "./moving.ts";
import { asOperand, asResult, type OperandLike, rankOf, shapeOf } from "./operands.ts";
import { without } from "./reduction.ts";

export { permute, reversed, sliceAxis, turned } from "./moving.ts";

/** Another shape for the same elements; one dimension may be -1, which is worked out. */
export const reshape = /* @__PURE__ */ unary(
  "numpy.Reshape",
  (x, { newshape }) => reshapeTo(x, newshape),
  () => ({
    /** The shape of the result; one size may be -1, which is worked out. */
    newshape: targetShape(),
  }),
);

/** All elements in one dimension. */
export const ravel = /* @__PURE__ */ unary("numpy.Ravel", (x) => reshapeTo(x, [-1]));

/** Axes in another order; reversed without one. */
export const transpose = /* @__PURE__ */ unary(
  "numpy.Transpose",
  (x, { axes: order }) => permute(x, order ?? shapeOf(x).map((_, i) => rankOf(x) - 1 - i)),
  () => ({
    /** The axis that comes in each place. Defaults to the axes in reverse. */
    axes: integerList(null),
  }),
);

/** New axes of size 1, at these places of the result. */
export const expandDims = /* @__PURE__ */ unary(
  "numpy.ExpandDims",
  (x, { axis }) => {
    const list = typeof axis === "number" ? [axis] : axis;
    const rank = rankOf(x) + list.length;
    const added = axesOf(list, rank, "expandDims");
    const target = dimensions(x);
    for (const at of added) target.splice(at, 0, 1);
    return reshapeTo(x, target);
  },
  () => ({
    /** Where the new axis, or axes, are in the result. */
    axis: integersField(),
  }),
);

/** Without axes of size 1: those named, or all. */
export const squeeze = /* @__PURE__ */ unary(
  "numpy.Squeeze",
  (x, { axis }) => {
    const shape = shapeOf(x);
    const dropped =
      axis === null ? [...shape.keys()].filter((i) => shape[i] === 1) : axesOf(axis, shape.length, "squeeze");
    const wide = dropped.find((i) => shape[i] !== 1 && shape[i] !== null);
    if (wide !== undefined) {
      throw new ShapeError("squeeze", `expected axis ${wide} to have size 1, received ${shape[wide]}.`);
    }
    return without(asResult(asOperand(x)), dropped);
  },
  () => ({
    /** The axis, or axes, of size 1 that go. Defaults to all of size 1. */
    axis: axes(),
  }),
);

/** Repeats along axes of size 1 and along new ones in front. */
export const broadcastTo = /* @__PURE__ */ unary(
  "numpy.BroadcastTo",
  (x, { shape }) => broadcast(x, shape),
  () => ({
    /** The shape of the result. */
    shape: targetShape(),
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

/** The whole tensor several times along each axis. */
export const tile = /* @__PURE__ */ unary(
  "numpy.Tile",
  (x, { repeats }) => {
    const counts = [repeats].flat();
    const lead = Math.max(0, counts.length - rankOf(x));
    const shape: Dimension[] = [...new Array<number>(lead).fill(1), ...dimensions(x)];
    const times = [...new Array<number>(shape.length - counts.length).fill(1), ...counts];
    let result = reshapeTo(x, shape);
    for (const [axis, count] of times.entries()) {
      if (count === 1) continue;
      if (count === 0) {
        result = sliceAxis(result, axis, 0, 0);
        continue;
      }
      if (isAbstract(result) && count > 1) {
        const { shape, dtype }: Spec = result;
        const size = shape[axis]!;
        result = new Value(shape.with(axis, size === null ? null : size * count), dtype);
        continue;
      }
      checkTimes("tile", "repeats", count);
      result = piecePrim("concat", new Array<Numeric>(count).fill(result), { axis });
    }
    return result;
  },
  () => ({
    /** How often it is laid side by side along each axis. */
    repeats: integersField(),
  }),
);

/** Each element several times in a row along an axis; without one, of the flattened tensor. */
export const repeat = /* @__PURE__ */ unary(
  "numpy.Repeat",
  (x, { repeats, axis }) => repeatOf(x, [repeats].flat(), axis),
  () => ({
    /** How often each element is repeated: one number, or one for each. */
    repeats: integersField(),
    /** The axis along which elements are. Defaults to null: flattened. */
    axis: int(null),
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

function repeatOf(x: OperandLike, counts: readonly number[], axis: number | null): Numeric {
  if (axis === null) return repeatOf(reshapeTo(x, [-1]), counts, 0);
  const at = axisOf(axis, rankOf(x), "repeat");
  const shape = dimensions(x);
  const [count] = counts;
  if (count === undefined || counts.some((each) => each < 0))
    throw new ShapeError("repeat", `expected repeats of at least 0, received ${inspect(counts)}.`);
  if (counts.length > 1) return repeatEach(x, counts, at);
  const wide = [...shape.slice(0, at + 1), 1, ...shape.slice(at + 1)];
  const repeated = broadcast(reshapeTo(x, wide), wide.with(at + 1, count));
  const size = shape[at]!;
  const target = [...shape];
  target[at] = typeof size === "number" ? size * count : -1;
  return reshapeTo(repeated, target);
}

function repeatEach(x: OperandLike, counts: readonly number[], axis: number): Numeric {
  const size = shapeOf(x)[axis];
  if (typeof size === "number" && size !== counts.length)
    throw new ShapeError("repeat", `expected ${size} repeats, one for each, received ${inspect(counts)}.`);
  const parts = counts.map((count, i) => repeatOf(sliceAxis(x, axis, i, i + 1), [count], axis));
  return piecePrim("concat", parts, { axis });
}
