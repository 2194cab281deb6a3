import { ShapeError } from "../errors.ts";
import { int } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import type { Numeric } from "../program/emit.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { isAbstract, type Spec, Value } from "../program/value.ts";
import { axisOf } from "./axes.ts";
import { unary } from "./define.ts";
import { broadcastTo as broadcast, type Dimension, dimensions, reshapeTo } from "./dimensions.ts";
import { integersField } from "./kinds.ts";
import { checkTimes } from "./made.ts";
import { type OperandLike, rankOf, shapeOf } from "./operands.ts";
import { sliceAxis } from "./slice-axis.ts";
import { targetShape } from "./value-kinds.ts";

/** Repeats along axes of size 1 and along new ones in front. */
export const broadcastTo = /* @__PURE__ */ unary(
  "numpy.BroadcastTo",
  (x, { shape }) => broadcast(x, shape),
  () => ({
    /** The shape of the result. */
    shape: targetShape(),
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
