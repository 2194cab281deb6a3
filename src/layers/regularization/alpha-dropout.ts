import { aTensor, flag, takes } from "../../graph/signature.ts";
import { add, multiply, where } from "../../ops/index.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Operand, prim } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";
import { noiseDimensions, uniform } from "../random.ts";
import { SeedGenerator } from "../seed-generator.ts";
import { noiseShape, rate, seed } from "./fields.ts";

/** What `selu` goes down to: the value that dropped elements take. */
const LOWEST = -1.6732632423543772 * 1.0507009873554805;

/**
 * Dropout that keeps mean and variance, for networks with `selu`: in training a share of its input takes the lowest
 * value of `selu`; else passes it on. Shape in is shape out. Source: Keras 3.6 `layers/regularization/alpha_dropout.py`.
 *
 * @example
 * const y = new AlphaDropout({ rate: 0.1 }).apply(Input({ shape: [64] }));
 */
export class AlphaDropout extends kerasLayer(
  "AlphaDropout",
  {
    /** The share that is dropped. */
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
    const { rate } = this;
    if (!training || this.seed_generator === null) return x;
    const dtype = dtypeOf(x);
    const drawn = uniform(this.seed_generator, noiseDimensions(x, this.noise_shape));
    const isKept = prim("ge", [drawn, asDType(rate, "float32")]);
    const scale = ((1 - rate) * (1 + rate * LOWEST ** 2)) ** -0.5;
    const dropped = where(isKept, x, asDType(LOWEST, dtype));
    return add(multiply(dropped, asDType(scale, dtype)), asDType(-scale * LOWEST * rate, dtype));
  }
}
