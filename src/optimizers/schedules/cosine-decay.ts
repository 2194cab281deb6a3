import type { OptionsOf } from "../../fields/field.ts";
import { float, int, string } from "../../fields/shorthands.ts";
import { add, divide, minimum, multiply, subtract } from "../../ops/arithmetic.ts";
import { less, where } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { asDType, type OperandLike } from "../../ops/operands.ts";
import { cos } from "../../ops/trigonometry.ts";
import type { Numeric } from "../../program/emit.ts";
import { initialRate, steps } from "./decay-fields.ts";
import { kerasSchedule } from "./learning-rate-schedule.ts";

const fields = {
  ...initialRate,
  /** How many steps the decay takes, behind the warmup. */
  decay_steps: steps(),
  /** The last rate, as a share of the first. Defaults to 0. */
  alpha: float(0),
  /** A name. Defaults to "CosineDecay". */
  name: string("CosineDecay"),
  /** The rate at the end of a warmup, which begins with `initial_learning_rate`. Defaults to null, no warmup. */
  warmup_target: float(null),
  /** How many steps the warmup takes. Defaults to 0. */
  warmup_steps: int(0),
};

/** What {@link CosineDecay} takes. */
export interface CosineDecayOptions extends OptionsOf<typeof fields> {}

/**
 * Down along half a cosine, and before, where asked for, up along a line.
 *
 * @example
 * const schedule = new CosineDecay({ initial_learning_rate: 0, decay_steps: 1000, warmup_target: 0.1, warmup_steps: 100 });
 */
export class CosineDecay extends kerasSchedule("CosineDecay", fields)<CosineDecayOptions> {
  override call(step: OperandLike): Numeric {
    const at = cast(step, { dtype: "float32" });
    const initial = asDType(this.initial_learning_rate, "float32");
    const decay = asDType(this.decay_steps, "float32");
    if (this.warmup_target === null) return this.#decay(minimum(at, decay), decay, initial);
    const target = asDType(this.warmup_target, "float32");
    const warmup = asDType(this.warmup_steps, "float32");
    const now = minimum(at, add(decay, warmup));
    const rising = add(multiply(subtract(target, initial), divide(now, warmup)), initial);
    return where(less(now, warmup), rising, this.#decay(subtract(now, warmup), decay, target));
  }

  #decay(at: Numeric, steps: Numeric, from: Numeric): Numeric {
    const angle = multiply(asDType(Math.PI, "float32"), divide(at, steps));
    const cosine = multiply(0.5, add(1, cos(angle)));
    return multiply(from, add(multiply(1 - this.alpha, cosine), this.alpha));
  }
}
