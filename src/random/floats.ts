import { checkOptions } from "../json/check-options.ts";
import type { Dimension } from "../ops/dimensions.ts";
import { drawnAtOnce, normalOf } from "../ops/drawn.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { DType } from "../tensor/dtype.ts";
import {
  floatFormats,
  likelihoodWithinTwo,
  nextUp,
  type RandomFloat,
  truncatedNormal as truncatedTensor,
} from "../tensor/random.ts";
import { checkShape, finite, floatIn } from "./check.ts";
import { uniform as drawUniform, standardNormal } from "./drawing.ts";
import { type Keys, keysOf, type SeedOption } from "./keys.ts";

/** Settings of {@link uniform}. */
export interface UniformOptions extends SeedOption {
  /** The least number. Defaults to 0. */
  readonly minval?: number;
  /** What all numbers are below. Defaults to 1. */
  readonly maxval?: number;
  /** A float type. Defaults to float32. */
  readonly dtype?: DType | null;
}

/** Settings of {@link normal} and {@link truncatedNormal}. */
export interface NormalOptions extends SeedOption {
  /** Defaults to 0. */
  readonly mean?: number;
  /** The standard deviation. Defaults to 1. */
  readonly stddev?: number;
  /** A float type. Defaults to float32. */
  readonly dtype?: DType | null;
}

/**
 * Numbers spread evenly over `[minval, maxval)`, those that `keras.random.uniform` draws on JAX after the same seed.
 *
 * @example
 * uniform([2, 3], { minval: -1, seed: 42 });
 */
export function uniform(shape: readonly Dimension[], options: UniformOptions = {}): Numeric {
  const where = "random.uniform";
  checkOptions<UniformOptions>(where, options, { minval: true, maxval: true, dtype: true, seed: true });
  checkShape(where, shape);
  const min = finite(where, "minval", options.minval ?? 0);
  const max = finite(where, "maxval", options.maxval ?? 1);
  const dtype = floatIn(where, options.dtype);
  return drawUniform(keysOf(where, options.seed), shape, { min, max, dtype });
}

/**
 * Numbers of a normal distribution, those that `keras.random.normal` draws on JAX after the same seed.
 *
 * @example
 * normal([2, 3], { stddev: 0.5, seed: new SeedGenerator({ seed: 42 }) });
 */
export function normal(shape: readonly Dimension[], options: NormalOptions = {}): Numeric {
  return drawNormal("random.normal", shape, options, standardNormal);
}

/**
 * Numbers of a normal distribution that are less than two standard deviations from its mean, those that
 * `keras.random.truncated_normal` draws on JAX after the same seed.
 *
 * @example
 * truncatedNormal([2, 3], { stddev: 0.05, seed: 42 });
 */
export function truncatedNormal(shape: readonly Dimension[], options: NormalOptions = {}): Numeric {
  return drawNormal("random.truncatedNormal", shape, options, withinTwo);
}

type Standard = (keys: Keys, shape: readonly Dimension[], dtype: RandomFloat) => Numeric;

function drawNormal(
  where: string,
  shape: readonly Dimension[],
  options: NormalOptions,
  standard: Standard,
): Numeric {
  checkOptions<NormalOptions>(where, options, { mean: true, stddev: true, dtype: true, seed: true });
  checkShape(where, shape);
  const mean = finite(where, "mean", options.mean ?? 0);
  const stddev = finite(where, "stddev", options.stddev ?? 1);
  const dtype = floatIn(where, options.dtype);
  const keys = keysOf(where, options.seed);
  // JAX has no float64 by default: what is drawn and made of it is float32.
  const drawn = dtype === "float64" ? "float32" : dtype;
  const numbers = standard(keys, shape, drawn);
  const scaled = stddev === 1 ? numbers : prim("mul", [numbers, asDType(stddev, drawn)]);
  const moved = mean === 0 ? scaled : prim("add", [scaled, asDType(mean, drawn)]);
  return asDType(moved, dtype);
}

const withinTwo: Standard = (keys, shape, dtype) => {
  const key = keys.next();
  const atOnce = drawnAtOnce(key, shape, (at, sizes) => truncatedTensor(at, sizes, dtype));
  if (atOnce !== null) return atOnce;
  const format = floatFormats[dtype];
  const likelihood = format.round(likelihoodWithinTwo);
  const most = -nextUp(-2, format);
  const even = drawUniform({ next: () => key }, shape, { min: -likelihood, max: likelihood, dtype });
  const numbers = normalOf(asDType(even, "float32"), dtype);
  return prim("min", [prim("max", [numbers, asDType(-most, dtype)]), asDType(most, dtype)]);
};
