import { aTensor, flag, takes } from "../../graph/signature.ts";
import { add, multiply } from "../../ops/index.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Operand } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";
import { normalLike } from "../random.ts";
import { SeedGenerator } from "../seed-generator.ts";
import { rate, seed } from "./fields.ts";

/**
 * In training adds normally distributed noise; else passes its input on. Shape in is shape out.
 * Source: Keras 3.6 `layers/regularization/gaussian_noise.py`.
 *
 * @example
 * const y = new GaussianNoise({ stddev: 0.1 }).apply(Input({ shape: [64] }));
 */
export class GaussianNoise extends kerasLayer(
  "GaussianNoise",
  {
    /** The standard deviation of the noise. */
    stddev: rate(),
    seed: seed(),
  },
  takes("inputs", { inputs: aTensor(), training: flag(false) }),
) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  readonly seed_generator = this.stddev > 0 ? new SeedGenerator({ seed: this.seed }) : null;

  override call(x: Operand, { training }: { readonly training?: boolean }): Operand {
    if (!training || this.seed_generator === null) return x;
    return add(x, multiply(normalLike(x, this.seed_generator), asDType(this.stddev, dtypeOf(x))));
  }
}

/**
 * In training multiplies with normally distributed noise around 1, of variance `rate / (1 − rate)`; else passes its
 * input on. Shape in is shape out. Source: Keras 3.6 `layers/regularization/gaussian_dropout.py`.
 *
 * @example
 * const y = new GaussianDropout({ rate: 0.5 }).apply(Input({ shape: [64] }));
 */
export class GaussianDropout extends kerasLayer(
  "GaussianDropout",
  {
    /** As of Dropout with the same variance. */
    rate: rate(),
    seed: seed(),
  },
  takes("inputs", { inputs: aTensor(), training: flag(false) }),
) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  readonly seed_generator = this.rate > 0 ? new SeedGenerator({ seed: this.seed }) : null;

  override call(x: Operand, { training }: { readonly training?: boolean }): Operand {
    if (!training || this.seed_generator === null) return x;
    const dtype = dtypeOf(x);
    const stddev = Math.sqrt(this.rate / (1 - this.rate));
    const noise = add(
      multiply(normalLike(x, this.seed_generator), asDType(stddev, dtype)),
      asDType(1, dtype),
    );
    return multiply(x, noise);
  }
}
