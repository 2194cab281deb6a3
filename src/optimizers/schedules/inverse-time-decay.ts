import type { OptionsOf } from "../../fields/field.ts";
import { bool, float, string } from "../../fields/shorthands.ts";
import { add, divide, multiply } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { floor } from "../../ops/float-functions.ts";
import type { OperandLike } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { initialRate, steps } from "./decay-fields.ts";
import { kerasSchedule } from "./learning-rate-schedule.ts";

const fields = {
  ...initialRate,
  /** After how many steps `decay_rate` is added to what the rate is divided by. */
  decay_steps: steps(),
  /** What is added. */
  decay_rate: float(),
  /** Whether it falls at once after each `decay_steps`, instead of with each step. Defaults to false. */
  staircase: bool(false),
  /** A name. Defaults to "InverseTimeDecay". */
  name: string("InverseTimeDecay"),
};

/** What {@link InverseTimeDecay} takes. */
export interface InverseTimeDecayOptions extends OptionsOf<typeof fields> {}

/**
 * `initial_learning_rate / (1 + decay_rate * step / decay_steps)`.
 *
 * @example
 * const schedule = new InverseTimeDecay({ initial_learning_rate: 0.1, decay_steps: 1, decay_rate: 0.5 });
 */
export class InverseTimeDecay extends kerasSchedule("InverseTimeDecay", fields)<InverseTimeDecayOptions> {
  override call(step: OperandLike): Numeric {
    const part = divide(cast(step, { dtype: "float32" }), this.decay_steps);
    const share = this.staircase ? floor(part) : part;
    return divide(this.initial_learning_rate, add(1, multiply(this.decay_rate, share)));
  }
}
