import { aTensor, flag, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";
import { dropout } from "../random.ts";
import { SeedGenerator } from "../seed-generator.ts";
import { noiseShape, rate, seed } from "./fields.ts";

/**
 * In training sets a share of its input to 0, chosen at random, and makes the rest larger; else passes it on. Shape in
 * is shape out. Source: Keras 3.6 `layers/regularization/dropout.py`.
 *
 * @example
 * const y = new Dropout({ rate: 0.5 }).apply(Input({ shape: [64] }));
 */
export class Dropout extends kerasLayer(
  "Dropout",
  {
    /** The share that becomes 0. */
    rate: rate(),
    seed: seed(),
    /** The shape of the choice, which is repeated along axes of size 1; null is that of the input. */
    noise_shape: noiseShape(),
  },
  takes("inputs", { inputs: aTensor(), training: flag(false) }),
) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  readonly seed_generator = this.rate > 0 ? new SeedGenerator({ seed: this.seed }) : null;

  override call(x: Operand, { training }: { readonly training?: boolean }): Operand {
    if (!training || this.seed_generator === null) return x;
    return dropout(x, this.rate, this.seed_generator, this.noise_shape);
  }
}
