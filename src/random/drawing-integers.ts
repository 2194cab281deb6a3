import type { Dimension } from "../ops/dimensions.ts";
import { bitsFor, drawnAtOnce } from "../ops/drawn.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { bitPrim } from "../program/rules/bits.ts";
import { integerRange, type RandomInteger, randint as randintTensor } from "../tensor/random-integers.ts";
import type { Keys } from "./keys.ts";
import { splitKey } from "./split-key.ts";

/** Integers spread evenly over `[min, max)`: those of `jax.random.randint`; `min` where the range is empty. */
export function integers(
  keys: Keys,
  shape: readonly Dimension[],
  {
    min,
    max,
    dtype = "int32",
  }: { readonly min: number; readonly max: number; readonly dtype?: RandomInteger },
): Numeric {
  const key = keys.next();
  const atOnce = drawnAtOnce(key, shape, (at, sizes) => randintTensor(at, sizes, min, max, dtype));
  if (atOnce !== null) return atOnce;
  const { from, span, multiplier } = integerRange(min, max, dtype);
  const [highKey, lowKey] = splitKey(key);
  const within = (x: Numeric) => prim("mod", [x, asDType(span, "uint32")]);
  const high = prim("mul", [within(bitsFor(highKey, shape)), asDType(multiplier, "uint32")]);
  const offset = bitPrim("bitcast", [within(prim("add", [high, within(bitsFor(lowKey, shape))]))], {
    dtype: "int32",
  });
  return asDType(prim("add", [offset, asDType(from, "int32")]), dtype);
}
