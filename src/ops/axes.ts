import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { Axes } from "./kinds.ts";

/** An axis counted from the front; `rank` is that of the tensor. */
export function axisOf(axis: number, rank: number, context: string): number {
  const at = Number.isInteger(axis) && axis < 0 ? axis + rank : axis;
  if (Number.isInteger(at) && at >= 0 && at < rank) return at;
  throw new ShapeError(context, `expected an axis from ${-rank} to ${rank - 1}, received ${inspect(axis)}.`);
}

/** Axes counted from the front, in order, each once; null is all of them. */
export function axesOf(axis: Axes, rank: number, context: string): number[] {
  if (axis === null) return Array.from({ length: rank }, (_, i) => i);
  const list = typeof axis === "number" ? [axis] : axis;
  return [...new Set(list.map((item) => axisOf(item, rank, context)))].sort((a, b) => a - b);
}

/** The permutation that undoes one. */
export function invert(perm: readonly number[]): number[] {
  const inverse = new Array<number>(perm.length);
  for (const [to, from] of perm.entries()) inverse[from] = to;
  return inverse;
}
