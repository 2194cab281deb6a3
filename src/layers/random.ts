import { ModelError } from "../errors.ts";
import { broadcastTo, type Dimension, dimensions, split } from "../ops/dimensions.ts";
import { asDType } from "../ops/operands.ts";
import { dtypeOf, type Operand, prim, type Result } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import { normal, type RandomFloat } from "../tensor/random.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";
import type { SeedGenerator } from "./seed-generator.ts";

/**
 * The key to draw numbers for `x` with: a fresh one where `x` is numbers, only its shape where `x` is only shapes.
 * A program that is run again and again cannot draw yet.
 */
function keyFor(x: Operand, seeds: SeedGenerator): Result {
  if (!(x instanceof Value)) return seeds.next();
  if (x.builder === null) return new Value([2], "uint32");
  throw new ModelError(
    `seed generator ${JSON.stringify(seeds.name)}`,
    "expected random numbers to be drawn on tensors, received a traced call with training=true. Call the layer on tensors, or trace it without training.",
  );
}

/** Numbers spread evenly over [0, 1), in float32: those of `jax.random.uniform`. */
export function uniformFor(x: Operand, seeds: SeedGenerator, shape: readonly Dimension[]): Result {
  const target = split(shape);
  const bits = prim("random_bits", [keyFor(x, seeds), ...target.scalars], { shape: target.shape });
  const mantissa = prim("shift_right", [bits, asDType(9, "uint32")]);
  return prim("mul", [asDType(mantissa, "float32"), asDType(2 ** -23, "float32")]);
}

/** Numbers of the standard normal distribution in the shape and dtype of `x`: those of `jax.random.normal`. */
export function normalLike(x: Operand, seeds: SeedGenerator): Result {
  const key = keyFor(x, seeds);
  const dtype = dtypeOf(x) as RandomFloat;
  if (!(key instanceof Tensor)) return new Value(x.shape, dtype);
  const [seed, count] = key.data as Uint32Array;
  return normal([seed!, count!], x.shape as StaticShape, dtype);
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
  seeds: SeedGenerator,
  noise_shape: NoiseShape | null = null,
): Result {
  const keep = 1 - rate;
  const dtype = dtypeOf(x);
  const drawn = uniformFor(x, seeds, noiseDimensions(x, noise_shape));
  const isKept = broadcastTo(prim("lt", [drawn, asDType(keep, "float32")]), dimensions(x));
  const scaled = prim("div", [x, asDType(keep, dtype)]);
  return prim("select", [isKept, scaled, asDType(0, dtype)]);
}
