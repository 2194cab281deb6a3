import { divide, minimum, multiply, subtract } from "../../../ops/arithmetic.ts";
import { greater, where } from "../../../ops/comparison.ts";
import type { Dimension } from "../../../ops/dimensions.ts";
import { floorDivide } from "../../../ops/division.ts";
import { negative } from "../../../ops/elementwise.ts";
import { asDType } from "../../../ops/operands.ts";
import type { Numeric } from "../../../program/emit.ts";
import type { Point, Size } from "./boxes.ts";

/** How images are resized, as far as it moves what is in them. */
interface Resized {
  readonly height: number;
  readonly width: number;
  readonly crop_to_aspect_ratio: boolean;
  readonly pad_to_aspect_ratio: boolean;
}

/** How points of images move that are resized: by factors, and then by distances, across and down. */
export interface ResizedBy {
  readonly scale: Point;
  readonly offset: Point;
}

/** How points of images of a size move with them. */
export function resizedBy(size: Size, options: Resized): ResizedBy {
  const { height, width } = options;
  const number = (edge: Dimension) => asDType(edge, "float32");
  const [own, other] = [number(size.width), number(size.height)];
  const half = (rest: Numeric) => floorDivide(rest, 2);
  if (options.pad_to_aspect_ratio) {
    const scale = minimum(divide(height, other), divide(width, own));
    const bar = (whole: number, edge: Numeric) => half(subtract(whole, multiply(edge, scale)));
    return { scale: [scale, scale], offset: [bar(width, own), bar(height, other)] };
  }
  if (!options.crop_to_aspect_ratio)
    return { scale: [divide(width, own), divide(height, other)], offset: [number(0), number(0)] };
  const ratio = divide(own, other);
  const isWide = greater(ratio, width / height);
  const wide = where(isWide, multiply(height, ratio), width);
  const high = where(isWide, height, divide(width, ratio));
  const cutOff = (whole: Numeric, edge: number) => negative(half(subtract(whole, edge)));
  return {
    scale: [divide(wide, own), divide(high, other)],
    offset: [cutOff(wide, width), cutOff(high, height)],
  };
}
