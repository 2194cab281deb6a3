import { ShapeError } from "../../errors.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import type { Attributes, DimensionSpec } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectAxis, expectRank, mayEqual, oneDtype } from "./check.ts";

/** The size a target dimension has before the program runs. */
export function knownDimension(dimension: DimensionSpec): number | null {
  return dimension >= 0 ? dimension : null;
}

/** The product of the known dimensions; `complete` tells whether that is all of them. */
function known(shape: Shape): { size: number; complete: boolean } {
  let size = 1;
  let complete = true;
  for (const dimension of shape) {
    if (dimension === null) complete = false;
    else size *= dimension;
  }
  return { size, complete };
}

function reshape(inputs: readonly Spec[], { shape }: Attributes["reshape"]): Spec[] {
  const input = inputs[0]!;
  const target = shape.map(knownDimension);
  const from = known(input.shape);
  const to = known(target);
  const inferred = shape.indexOf(-1);
  if (from.complete && inferred >= 0 && !shape.some((dimension) => dimension < -1)) {
    target[inferred] = to.size === 0 ? 0 : from.size / to.size;
    if (!Number.isInteger(target[inferred])) throw cannotReshape(input.shape, shape);
  } else if (from.complete && to.complete && from.size !== to.size) {
    throw cannotReshape(input.shape, shape);
  }
  return [{ shape: target, dtype: input.dtype }];
}

function cannotReshape(from: Shape, to: readonly DimensionSpec[]): ShapeError {
  const target = to.map((dimension) => (dimension < -1 ? null : dimension));
  return new ShapeError("reshape", `cannot reshape ${formatShape(from)} into ${formatShape(target)}.`);
}

function broadcastTo(inputs: readonly Spec[], { shape }: Attributes["broadcast_to"]): Spec[] {
  const input = inputs[0]!;
  const target = shape.map(knownDimension);
  const lead = target.length - input.shape.length;
  let fits = lead >= 0;
  for (let i = 0; fits && i < input.shape.length; i++) {
    const dimension = input.shape[i]!;
    if (dimension === 1) continue;
    fits = mayEqual(dimension, target[lead + i]!);
    target[lead + i] ??= dimension;
  }
  if (!fits) {
    throw new ShapeError(
      "broadcast_to",
      `cannot broadcast ${formatShape(input.shape)} to ${formatShape(target)}.`,
    );
  }
  return [{ shape: target, dtype: input.dtype }];
}

function transpose(inputs: readonly Spec[], { perm }: Attributes["transpose"]): Spec[] {
  const input = inputs[0]!;
  expectRank(input, perm.length, "an operand", "transpose");
  return [{ shape: perm.map((axis) => input.shape[axis]!), dtype: input.dtype }];
}

/** How many elements a slice takes. A dimension that is not known is taken to be long enough for it. */
function sliceLength(
  size: number | null,
  start: number | null,
  stop: number | null,
  step: number,
): number | null {
  if (size !== null) {
    const { count } = sliceRange(size, start, stop, step);
    return count;
  }
  const first = start ?? (step > 0 ? 0 : -1);
  if (stop === null) {
    const toTheEnd = step > 0 ? first < 0 : first >= 0;
    if (!toTheEnd) return null;
    return Math.ceil((step > 0 ? -first : first + 1) / Math.abs(step));
  }
  if (first < 0 !== stop < 0) return null;
  return Math.max(0, Math.ceil((stop - first) / step));
}

/** Where a slice of a dimension of `size` elements starts and how many it takes, as Python's `slice.indices`. */
export function sliceRange(
  size: number,
  start: number | null,
  stop: number | null,
  step: number,
): { readonly first: number; readonly count: number } {
  const lowest = step > 0 ? 0 : -1;
  const highest = step > 0 ? size : size - 1;
  const bound = (index: number) => Math.min(Math.max(index < 0 ? index + size : index, lowest), highest);
  const first = start === null ? (step > 0 ? 0 : size - 1) : bound(start);
  const last = stop === null ? (step > 0 ? size : -1) : bound(stop);
  return { first, count: Math.max(0, Math.ceil((last - first) / step)) };
}

function slice(inputs: readonly Spec[], { start, stop, step }: Attributes["slice"]): Spec[] {
  const input = inputs[0]!;
  expectRank(input, start.length, "an operand", "slice");
  const shape = input.shape.map((size, i) => sliceLength(size, start[i]!, stop[i]!, step[i]!));
  return [{ shape, dtype: input.dtype }];
}

function pad(inputs: readonly Spec[], { padding }: Attributes["pad"]): Spec[] {
  const input = inputs[0]!;
  expectRank(input, padding.length, "an operand", "pad");
  const shape = input.shape.map((size, i) => (size === null ? null : size + padding[i]![0] + padding[i]![1]));
  return [{ shape, dtype: input.dtype }];
}

function concat(inputs: readonly Spec[], { axis }: Attributes["concat"]): Spec[] {
  const dtype = oneDtype(inputs, "concat");
  const first = inputs[0]!;
  expectAxis(first, axis, "concat");
  const shape = first.shape.slice();
  for (let k = 1; k < inputs.length; k++) {
    const next = inputs[k]!.shape;
    let fits = next.length === shape.length;
    for (let i = 0; fits && i < shape.length; i++) {
      const a = shape[i]!;
      const b = next[i]!;
      if (i === axis) {
        shape[i] = a === null || b === null ? null : a + b;
      } else {
        fits = mayEqual(a, b);
        shape[i] = a ?? b;
      }
    }
    if (!fits) {
      throw new ShapeError(
        "concat",
        `expected shapes that differ only along axis ${axis}, ` +
          `received ${formatShape(first.shape)} and ${formatShape(next)}.`,
      );
    }
  }
  return [{ shape, dtype }];
}

export const shapeRules = {
  dim: (inputs: readonly Spec[], { axis }: Attributes["dim"]): Spec[] => {
    expectAxis(inputs[0]!, axis, "dim");
    return [{ shape: [], dtype: "int32" }];
  },
  iota: (_inputs: readonly Spec[], { length, dtype }: Attributes["iota"]): Spec[] => [
    { shape: [knownDimension(length)], dtype },
  ],
  reshape,
  broadcast_to: broadcastTo,
  transpose,
  slice,
  pad,
  concat,
};
