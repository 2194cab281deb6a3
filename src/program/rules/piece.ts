import { ShapeError } from "../../errors.ts";
import { formatShape } from "../../tensor/shape.ts";
import { primOf } from "../emit.ts";
import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { expectAxis, expectRank, mayEqual, oneDtype } from "./check.ts";

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

export const pieceRules = { slice, pad, concat };

/** Slices, pads and joins. */
export const piecePrim = /* @__PURE__ */ primOf(pieceRules);
