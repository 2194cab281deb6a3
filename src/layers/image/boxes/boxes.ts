import { maximum, minimum, multiply, subtract } from "../../../ops/arithmetic.ts";
import { greater, where } from "../../../ops/comparison.ts";
import type { Dimension } from "../../../ops/dimensions.ts";
import { concatenate } from "../../../ops/joining.ts";
import { asDType } from "../../../ops/operands.ts";
import { squeeze } from "../../../ops/reshaping.ts";
import { sliceAxis } from "../../../ops/slice-axis.ts";
import { dtypeOf, type Numeric } from "../../../program/emit.ts";

/** Boxes around things, `(batch, count, 4)`, and what the things are, `(batch, count)`. */
export interface Boxes {
  readonly boxes: Numeric;
  readonly labels: Numeric;
}

/** Height and width in pixels: numbers, scalars, or one for each image, `(batch, 1, 1)`. */
export interface Size {
  readonly height: Dimension;
  readonly width: Dimension;
}

/** The four numbers of boxes, each `(…, 1)`. */
export type Four = readonly [Numeric, Numeric, Numeric, Numeric];

/** The numbers of boxes, apart. */
export function apart(boxes: Numeric): Four {
  const axis = boxes.shape.length - 1;
  const at = (i: number) => sliceAxis(boxes, axis, i, i + 1);
  return [at(0), at(1), at(2), at(3)];
}

/** The numbers of boxes, joined again. */
export function joined(numbers: Four): Numeric {
  return concatenate(numbers, { axis: -1 });
}

/** Where a point is. */
export type Point = readonly [x: Numeric, y: Numeric];

/** The smallest boxes around the corners of boxes, which went somewhere; all as left, top, right and bottom. */
export function aroundCorners(boxes: Numeric, moved: (x: Numeric, y: Numeric) => Point): Numeric {
  const [x1, y1, x2, y2] = apart(boxes);
  const corners = [moved(x1, y1), moved(x2, y1), moved(x2, y2), moved(x1, y2)];
  const xs = corners.map(([x]) => x);
  const ys = corners.map(([, y]) => y);
  const least = (values: readonly Numeric[]) => values.reduce((a, b) => minimum(a, b));
  const most = (values: readonly Numeric[]) => values.reduce((a, b) => maximum(a, b));
  return joined([least(xs), least(ys), most(xs), most(ys)]);
}

/** Boxes as left, top, right and bottom, cut off at the borders; what has no area left is labelled -1. */
export function cutOff({ boxes, labels }: Boxes, size: Size): Boxes {
  const most = (edge: Dimension) => asDType(edge, dtypeOf(boxes));
  const [x1, y1, x2, y2] = apart(boxes);
  const [width, height] = [most(size.width), most(size.height)];
  const cut = (x: Numeric, edge: Numeric) => minimum(maximum(x, 0), edge);
  const [left, top, right, bottom] = [cut(x1, width), cut(y1, height), cut(x2, width), cut(y2, height)];
  const area = squeeze(multiply(subtract(right, left), subtract(bottom, top)), { axis: -1 });
  return { boxes: joined([left, top, right, bottom]), labels: where(greater(area, 0), labels, -1) };
}
