import type { OptionsOf } from "../../fields/field.ts";
import { bool, float, string } from "../../fields/shorthands.ts";
import { divide, multiply, power } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { floor } from "../../ops/float-functions.ts";
import { asDType, type OperandLike } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { initialRate, steps } from "./decay-fields.ts";
import { kerasSchedule } from "./learning-rate-schedule.ts";

const fields = {
  ...initialRate,
  /** After how many steps the rate is multiplied by `decay_rate`. */
  decay_steps: steps(),
  /** What it is multiplied by. */
  decay_rate: float(),
  /** Whether it falls at once after each `decay_steps`, instead of with each step. Defaults to false. */
  staircase: bool(false),
  /** A name. Defaults to "ExponentialDecay". */
  name: string("ExponentialDecay"),
};

/** What {@link ExponentialDecay} takes. */
export interface ExponentialDecayOptions extends OptionsOf<typeof fields> {}

/**
 * `initial_learning_rate * decay_rate ** (step / decay_steps)`.
 *
 * @example
 * const schedule = new ExponentialDecay({ initial_learning_rate: 0.1, decay_steps: 1000, decay_rate: 0.9 });
 */
export class ExponentialDecay extends kerasSchedule("ExponentialDecay", fields)<ExponentialDecayOptions> {
  override call(step: OperandLike): Numeric {
    const part = divide(cast(step, { dtype: "float32" }), this.decay_steps);
    const power_ = this.staircase ? floor(part) : part;
    return multiply(this.initial_learning_rate, power(asDType(this.decay_rate, "float32"), power_));
  }
}
