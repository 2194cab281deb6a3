import { broadcastTo, type Dimension, dimensions } from "../ops/dimensions.ts";
import { bitsFor, drawnAtOnce, normalFor } from "../ops/drawn.ts";
import { asDType } from "../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { DType } from "../tensor/dtype.ts";
import { floatFormats, type RandomFloat, uniform as uniformTensor } from "../tensor/random.ts";
import type { Keys } from "./keys.ts";

/** What numbers that are spread evenly are made of. */
export interface Range {
  /** The least of them. Defaults to 0. */
  readonly min?: number;
  /** Defaults to 1. */
  readonly max?: number;
  /** Defaults to float32. */
  readonly dtype?: DType;
}

/** Numbers spread evenly over `[min, max)`: those of `jax.random.uniform`, in a program up to the last bit. */
export function uniform(keys: Keys, shape: readonly Dimension[], range: Range = {}): Numeric {
  const key = keys.next();
  const { min = 0, max = 1 } = range;
  const dtype = (range.dtype ?? "float32") as RandomFloat;
  const atOnce = drawnAtOnce(key, shape, (at, sizes) => uniformTensor(at, sizes, min, max, dtype));
  if (atOnce !== null) return atOnce;
  const { mantissa, shift, round } = floatFormats[dtype];
  const shifted = prim("shift_right", [bitsFor(key, shape), asDType(shift, "uint32")]);
  const isWhole = shift + mantissa === 32;
  const bits = isWhole ? shifted : prim("and", [shifted, asDType(2 ** mantissa - 1, "uint32")]);
  const drawn = dtype === "float64" ? "float32" : dtype;
  const unit = prim("mul", [asDType(bits, "float32"), asDType(2 ** -mantissa, "float32")]);
  if (min === 0 && max === 1) return asDType(unit, dtype);
  const [from, span] = [asDType(min, drawn), asDType(round(round(max) - round(min)), drawn)];
  const numbers = prim("add", [prim("mul", [asDType(unit, drawn), span]), from]);
  return asDType(prim("max", [numbers, from]), dtype);
}

/** Numbers of the standard normal distribution in the shape and dtype of `x`. */
export function normalLike(x: Operand, keys: Keys): Numeric {
  return standardNormal(keys, dimensions(x), dtypeOf(x) as RandomFloat);
}

/** Numbers of the standard normal distribution: those of `jax.random.normal`. */
export function standardNormal(keys: Keys, shape: readonly Dimension[], dtype: RandomFloat): Numeric {
  return normalFor(keys.next(), shape, dtype);
}

/** A shape of noise: null stands for the size that the input has there. */
export type NoiseShape = readonly (number | null)[];

/** The dimensions of noise for `x`. */
export function noiseDimensions(x: Operand, shape: NoiseShape | null): Dimension[] {
  const own = dimensions(x);
  return shape === null ? own : shape.map((size, axis) => size ?? own[axis]!);
}

/**
 * Sets elements to 0 with probability `rate`, and makes the others larger so that the sum stays the same on average:
 * as `keras.random.dropout` on the JAX backend. Along axes where `noise_shape` is 1 all share one fate.
 */
export function dropout(
  x: Operand,
  rate: number,
  keys: Keys,
  noise_shape: NoiseShape | null = null,
): Numeric {
  const keep = 1 - rate;
  const dtype = dtypeOf(x);
  const drawn = uniform(keys, noiseDimensions(x, noise_shape));
  const isKept = broadcastTo(prim("lt", [drawn, asDType(keep, "float32")]), dimensions(x));
  // XLA multiplies float32 where it is to divide by a constant.
  const scaled =
    dtype === "float32" && keep > 0
      ? prim("mul", [x, asDType(1 / Math.fround(keep), dtype)])
      : prim("div", [x, asDType(keep, dtype)]);
  return prim("select", [isKept, scaled, asDType(0, dtype)]);
}
