import { permute } from "../../ops/moving.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { scalar } from "../../tensor/create.ts";

/** Swaps the first two axes: batch-major to time-major and back. */
export function swapTimeAndBatch(x: Numeric): Numeric {
  return permute(
    x,
    x.shape.map((_, axis) => (axis < 2 ? 1 - axis : axis)),
  );
}

/** One entry of the leading axis; negative places count from the end. */
export function entry(x: Numeric, place: number): Numeric {
  return gatherPrim("gather", [x, scalar(place, "int32")], { axis: 0 });
}

/** Entries `start` to `stop` of the last axis. */
export function range(x: Numeric, start: number, stop: number): Numeric {
  return sliceAxis(x, x.shape.length - 1, start, stop);
}

/** The last axis cut into `count` parts of a size. */
export function parts(x: Numeric, count: number, size: number): Numeric[] {
  return Array.from({ length: count }, (_, i) => range(x, i * size, (i + 1) * size));
}
