import { dtypeOf, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { gatherPrim } from "../../program/rules/gather.ts";
import { arange } from "../creation.ts";
import { calculate, type Dimension, dimension, dimensions, filled } from "../dimensions.ts";
import { concatenate } from "../joining.ts";
import { asDType, asFloat } from "../operands.ts";
import { sliceAxis } from "../slice-axis.ts";
import type { DataFormat } from "../window.ts";
import { axesOf } from "./axes.ts";

/** Height and width, in pixels. */
interface Size {
  readonly height: number;
  readonly width: number;
}

/** The middle of images, in the ratio of the target. */
export function cropped(images: Operand, target: Size, format: DataFormat | null): Operand {
  const axes = axesOf(images, format);
  const [height, width] = [dimension(images, axes.height), dimension(images, axes.width)];
  const rows = partInRatio(height, width, target.height, target.width);
  const columns = partInRatio(width, height, target.width, target.height);
  return middle(middle(images, axes.height, height, rows), axes.width, width, columns);
}

/** How many pixels of an axis there are in the ratio of the target. */
export function partInRatio(
  own: Dimension,
  other: Dimension,
  target: number,
  otherTarget: number,
): Dimension {
  const fitting = calculate("floor_div", calculate("mul", other, target), otherTarget);
  return calculate("max", calculate("min", own, fitting), 1);
}

function middle(images: Operand, axis: number, size: Dimension, kept: Dimension): Operand {
  return pieceOf(images, axis, halfOfRest(size, kept), kept);
}

/** So many elements of an axis, from a place on; both may be known only when a program runs. */
export function pieceOf(images: Operand, axis: number, start: Dimension, size: Dimension): Operand {
  if (typeof start === "number" && typeof size === "number")
    return sliceAxis(images, axis, start, start + size);
  const places = prim("add", [asDType(arange(size), "int32"), asDType(start, "int32")]);
  return gatherPrim("gather", [images, places], { axis });
}

/** Half of what is left of an axis beside what is kept: where its middle begins. */
export function halfOfRest(whole: Dimension, kept: Dimension): Dimension {
  return calculate("floor_div", calculate("sub", whole, kept), 2);
}

/** Images with bars on two sides, in the ratio of the target. */
export function padded(images: Operand, target: Size, format: DataFormat | null, value: number): Operand {
  const axes = axesOf(images, format);
  const [height, width] = [dimension(images, axes.height), dimension(images, axes.width)];
  const whole = (own: Dimension, other: Dimension, size: number, otherSize: number) =>
    calculate("max", own, calculate("floor_div", calculate("mul", other, size), otherSize));
  const top = halfOfRest(whole(height, width, target.height, target.width), height);
  const left = halfOfRest(whole(width, height, target.width, target.height), width);
  const isWide = calculate("sub", 1, calculate("min", top, 1));
  const rows = barred(images, axes.height, top, value);
  return barred(rows, axes.width, calculate("mul", left, isWide), value);
}

/** Python's fill value is a float: with bars integers become floats. */
function barred(images: Operand, axis: number, size: Dimension, value: number): Operand {
  if (size === 0) return images;
  const numbers = asFloat(images);
  const shape = dimensions(numbers);
  shape[axis] = size;
  const bar = filled(shape, value, dtypeOf(numbers));
  return concatenate([bar, numbers, bar], { axis });
}
