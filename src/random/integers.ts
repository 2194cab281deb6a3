import { checkOptions } from "../json/check-options.ts";
import type { Dimension } from "../ops/dimensions.ts";
import type { Numeric } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import { checkShape, integerIn } from "./check.ts";
import { integers } from "./drawing-integers.ts";
import { keysOf, type SeedOption } from "./keys.ts";

/** Settings of {@link randint}. */
export interface RandintOptions extends SeedOption {
  /** An integer type. Defaults to int32. */
  readonly dtype?: DType | null;
}

/**
 * Integers spread evenly over `[minval, maxval)`, those that `keras.random.randint` draws on JAX after the same seed;
 * `minval` where the range is empty.
 *
 * @example
 * const dice = randint([4], 1, 7, { seed: 42 }).toArray();
 */
export function randint(
  shape: readonly Dimension[],
  minval: number,
  maxval: number,
  options: RandintOptions = {},
): Numeric {
  const where = "random.randint";
  checkOptions<RandintOptions>(where, options, { dtype: true, seed: true });
  checkShape(where, shape);
  const dtype = integerIn(where, options.dtype);
  return integers(keysOf(where, options.seed), shape, { min: minval, max: maxval, dtype });
}
