import { checkOptions } from "../json/check-options.ts";
import type { Dimension } from "../ops/dimensions.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { bitPrim } from "../program/rules/bits.ts";
import type { DType } from "../tensor/dtype.ts";
import { integerRange, randint as randintTensor } from "../tensor/random.ts";
import { checkShape, integerIn } from "./check.ts";
import { bitsFor, drawnAtOnce } from "./drawing.ts";
import { keysOf, type SeedOption } from "./keys.ts";
import { splitKey } from "./split-key.ts";

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
  const key = keysOf(where, options.seed).next();
  const atOnce = drawnAtOnce(key, shape, (at, sizes) => randintTensor(at, sizes, minval, maxval, dtype));
  if (atOnce !== null) return atOnce;
  const { from, span, multiplier } = integerRange(minval, maxval, dtype);
  const [highKey, lowKey] = splitKey(key);
  const within = (x: Numeric) => prim("mod", [x, asDType(span, "uint32")]);
  const high = prim("mul", [within(bitsFor(highKey, shape)), asDType(multiplier, "uint32")]);
  const offset = bitPrim("bitcast", [within(prim("add", [high, within(bitsFor(lowKey, shape))]))], {
    dtype: "int32",
  });
  return asDType(prim("add", [offset, asDType(from, "int32")]), dtype);
}
