import type { OptionsOf } from "../../fields/field.ts";
import type { Operand } from "../../program/emit.ts";
import { dropout } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { noiseShape, rate, seed } from "./fields.ts";
import { randomLayer } from "./random-layer.ts";

const fields = {
  /** The share that becomes 0, from 0 to 1. */
  rate: rate(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
  /** The shape of the choice, repeated along axes of size 1; null stands for a size of the input. Defaults to that of the input. */
  noise_shape: noiseShape(),
};

/** What {@link Dropout} takes. */
export interface DropoutOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training sets a share of its input to 0, chosen at random, and makes the rest larger; else passes it on. Shape in
 * is shape out. Source: Keras 3.6 `layers/regularization/dropout.py`.
 *
 * @example
 * const y = new Dropout({ rate: 0.5 }).apply(Input({ shape: [64] }));
 */
export class Dropout extends randomLayer("Dropout", fields)<DropoutOptions> {
  override disturb(x: Operand, seeds: SeedGenerator): Operand {
    return dropout(x, this.rate, seeds, this.noise_shape);
  }
}
