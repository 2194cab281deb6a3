import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Pair } from "./fields.ts";

/** Values of one range as those of another. */
export function rescaled(images: Numeric, from: Pair, to: Pair, dtype: DType): Numeric {
  if (from[0] === to[0] && from[1] === to[1]) return images;
  const number = (value: number) => asDType(value, dtype);
  const span = (pair: Pair) => subtract(number(pair[1]), number(pair[0]));
  const share = divide(subtract(asDType(images, dtype), number(from[0])), span(from));
  return add(multiply(share, span(to)), number(to[0]));
}

const bytes: Pair = [0, 255];

/** Values brought into a range. */
export function clipTo(images: Numeric, [x_min, x_max]: Pair): Numeric {
  return clip(images, { x_min, x_max });
}

/** Does something to values as if they were from 0 to 255. */
export function inRange(
  images: Numeric,
  range: Pair,
  dtype: DType,
  body: (pixels: Numeric) => Numeric,
): Numeric {
  return rescaled(body(rescaled(images, range, bytes, dtype)), bytes, range, dtype);
}
