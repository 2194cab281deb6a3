import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { randomPrim } from "../program/rules/random.ts";
import { noRoomFor } from "../tensor/new-array.ts";
import { floatFormats, type Key, normal, type RandomFloat } from "../tensor/random.ts";
import { Tensor } from "../tensor/tensor.ts";
import { type Dimension, split } from "./dimensions.ts";
import { erfinv } from "./erfinv.ts";
import { asDType } from "./operands.ts";

/** What a kernel draws where the key and the shape are known; null where they are known when a program runs. */
export function drawnAtOnce(
  key: Numeric,
  shape: readonly Dimension[],
  draw: (key: Key, shape: readonly number[]) => Tensor,
): Tensor | null {
  const sizes = shape.filter((size) => typeof size === "number");
  if (!(key instanceof Tensor) || sizes.length < shape.length) return null;
  const [seed, count] = key.data as Uint32Array;
  try {
    return draw([seed!, count!], sizes);
  } catch (cause) {
    throw noRoomFor("random", sizes, cause);
  }
}

/** Random words of 32 bits. */
export function bitsFor(key: Numeric, shape: readonly Dimension[]): Numeric {
  const target = split(shape);
  return randomPrim("random_bits", [key, ...target.scalars], { shape: target.shape });
}

/**
 * Numbers of the standard normal distribution: those of `jax.random.normal`. In float32 the last bits may be others in
 * a program, where no primitive rounds as XLA does.
 */
export function normalFor(key: Numeric, shape: readonly Dimension[], dtype: RandomFloat): Numeric {
  const drawn = drawnAtOnce(key, shape, (at, sizes) => normal(at, sizes, dtype));
  if (drawn !== null) return drawn;
  const { mantissa, shift } = floatFormats[dtype];
  const shifted = prim("shift_right", [bitsFor(key, shape), asDType(shift, "uint32")]);
  const random = asDType(prim("and", [shifted, asDType(2 ** mantissa - 1, "uint32")]), "float32");
  // Over (-1, 1), without rounding.
  const scaled = prim("mul", [random, asDType(2 ** (1 - mantissa), "float32")]);
  return normalOf(prim("add", [scaled, asDType(2 ** -(mantissa + 1) - 1, "float32")]), dtype);
}

/** Numbers of a normal distribution, of numbers that are spread evenly over a part of (-1, 1). */
export function normalOf(even: Numeric, dtype: RandomFloat): Numeric {
  const drawn = dtype === "float64" ? "float32" : dtype;
  return asDType(prim("mul", [asDType(erfinv(even), drawn), asDType(Math.SQRT2, drawn)]), dtype);
}
