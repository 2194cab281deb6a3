import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Operand } from "../../program/emit.ts";
import { normalLike } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { rate, seed } from "./fields.ts";
import { randomLayer } from "./random-layer.ts";

const gaussianNoiseFields = {
  /** The standard deviation of the noise, from 0 to 1. */
  stddev: rate(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
};

/** What {@link GaussianNoise} takes. */
export interface GaussianNoiseOptions extends LayerOptions, OptionsOf<typeof gaussianNoiseFields> {}

/**
 * In training adds normally distributed noise; else passes its input on. Shape in is shape out.
 * Source: Keras 3.6 `layers/regularization/gaussian_noise.py`.
 *
 * @example
 * const y = new GaussianNoise({ stddev: 0.1 }).apply(Input({ shape: [64] }));
 */
export class GaussianNoise extends randomLayer("GaussianNoise", gaussianNoiseFields)<GaussianNoiseOptions> {
  override get strength(): number {
    return this.stddev;
  }

  override disturb(x: Operand, seeds: SeedGenerator): Operand {
    return add(x, multiply(normalLike(x, seeds), asDType(this.stddev, dtypeOf(x))));
  }
}

const gaussianDropoutFields = {
  /** The share, from 0 to 1, that a Dropout of the same variance drops. */
  rate: rate(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
};

/** What {@link GaussianDropout} takes. */
export interface GaussianDropoutOptions extends LayerOptions, OptionsOf<typeof gaussianDropoutFields> {}

/**
 * In training multiplies with normally distributed noise around 1, of variance `rate / (1 − rate)`; else passes its
 * input on. Shape in is shape out. Source: Keras 3.6 `layers/regularization/gaussian_dropout.py`.
 *
 * @example
 * const y = new GaussianDropout({ rate: 0.5 }).apply(Input({ shape: [64] }));
 */
export class GaussianDropout extends randomLayer(
  "GaussianDropout",
  gaussianDropoutFields,
)<GaussianDropoutOptions> {
  override disturb(x: Operand, seeds: SeedGenerator): Operand {
    const dtype = dtypeOf(x);
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    const noise = add(multiply(normalLike(x, seeds), asDType(stddev, dtype)), asDType(1, dtype));
    return multiply(x, noise);
  }
}
