import { permute, sliceAxis } from "../../ops/reshaping.ts";
import { prim, type Result } from "../../program/emit.ts";
import { scalar } from "../../tensor/create.ts";

/** Swaps the first two axes: batch-major to time-major and back. */
export function swapTimeAndBatch(x: Result): Result {
  return permute(
    x,
    x.shape.map((_, axis) => (axis < 2 ? 1 - axis : axis)),
  );
}

/** One entry of the leading axis; negative places count from the end. */
export function entry(x: Result, place: number): Result {
  return prim("gather", [x, scalar(place, "int32")], { axis: 0 });
}

/** Entries `start` to `stop` of the last axis. */
export function range(x: Result, start: number, stop: number): Result {
  return sliceAxis(x, x.shape.length - 1, start, stop);
}

/** The last axis cut into `count` parts of a size. */
export function parts(x: Result, count: number, size: number): Result[] {
  return Array.from({ length: count }, (_, i) => range(x, i * size, (i + 1) * size));
}
