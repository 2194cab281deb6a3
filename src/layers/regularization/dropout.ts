import type { Operand } from "../../program/emit.ts";
import { dropout } from "../random.ts";
import type { SeedGenerator } from "../seed-generator.ts";
import { noiseShape, rate, seed } from "./fields.ts";
import { randomLayer } from "./random-layer.ts";

/**
 * In training sets a share of its input to 0, chosen at random, and makes the rest larger; else passes it on. Shape in
 * is shape out. Source: Keras 3.6 `layers/regularization/dropout.py`.
 *
 * @example
 * const y = new Dropout({ rate: 0.5 }).apply(Input({ shape: [64] }));
 */
export class Dropout extends randomLayer("Dropout", {
  /** The share that becomes 0. */
  rate: rate(),
  seed: seed(),
  /** The shape of the choice, which is repeated along axes of size 1; null is that of the input. */
  noise_shape: noiseShape(),
}) {
  override disturb(x: Operand, seeds: SeedGenerator): Operand {
    return dropout(x, this.rate, seeds, this.noise_shape);
  }
}
