import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { noiseDimensions, uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { noiseShape, rate, seed } from "./fields.ts";
import { randomLayer } from "./random-layer.ts";

/** What `selu` goes down to: the value that dropped elements take. */
const LOWEST = -1.6732632423543772 * 1.0507009873554805;

const fields = {
  /** The share that is dropped, from 0 to 1. */
  rate: rate(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
  /** The shape of the choice, repeated along axes of size 1; null stands for a size of the input. Defaults to that of the input. */
  noise_shape: noiseShape(),
};

/** What {@link AlphaDropout} takes. */
export interface AlphaDropoutOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Dropout that keeps mean and variance, for networks with `selu`: in training a share of its input takes the lowest
 * value of `selu`; else passes it on. Shape in is shape out. Source: Keras 3.6 `layers/regularization/alpha_dropout.py`.
 *
 * @example
 * const y = new AlphaDropout({ rate: 0.1 }).apply(Input({ shape: [64] }));
 */
export class AlphaDropout extends randomLayer("AlphaDropout", fields)<AlphaDropoutOptions> {
  override disturb(x: Operand, seeds: SeedGenerator): Operand {
    const { rate } = this;
    const dtype = dtypeOf(x);
    const drawn = uniform(seeds, noiseDimensions(x, this.noise_shape));
    const isKept = prim("ge", [drawn, asDType(rate, "float32")]);
    const scale = ((1 - rate) * (1 + rate * LOWEST ** 2)) ** -0.5;
    const dropped = where(isKept, x, asDType(LOWEST, dtype));
    return add(multiply(dropped, asDType(scale, dtype)), asDType(-scale * LOWEST * rate, dtype));
  }
}
