import type { OptionsOf } from "../../fields/field.ts";
import { float, string } from "../../fields/shorthands.ts";
import { add, divide, multiply, power, subtract } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { floor, log } from "../../ops/float-functions.ts";
import { asDType, type OperandLike } from "../../ops/operands.ts";
import { cos } from "../../ops/trigonometry.ts";
import type { Numeric } from "../../program/emit.ts";
import { initialRate, steps } from "./decay-fields.ts";
import { kerasSchedule } from "./learning-rate-schedule.ts";

const fields = {
  ...initialRate,
  /** How many steps the first period takes. */
  first_decay_steps: steps(),
  /** How much longer each period is than the one before. Defaults to 2. */
  t_mul: float(2),
  /** How much larger the first rate of each period is than that of the one before. Defaults to 1. */
  m_mul: float(1),
  /** The last rate of a period, as a share of `initial_learning_rate`. Defaults to 0. */
  alpha: float(0),
  /** A name. Defaults to "SGDRDecay". */
  name: string("SGDRDecay"),
};

/** What {@link CosineDecayRestarts} takes. */
export interface CosineDecayRestartsOptions extends OptionsOf<typeof fields> {}

/**
 * Down along half a cosine, again and again.
 *
 * @example
 * const schedule = new CosineDecayRestarts({ initial_learning_rate: 0.1, first_decay_steps: 1000 });
 */
export class CosineDecayRestarts extends kerasSchedule(
  "CosineDecayRestarts",
  fields,
)<CosineDecayRestartsOptions> {
  override call(step: OperandLike): Numeric {
    const done = divide(cast(step, { dtype: "float32" }), this.first_decay_steps);
    const alpha = asDType(this.alpha, "float32");
    const [period, fraction] = this.#place(done);
    const factor = multiply(0.5, power(asDType(this.m_mul, "float32"), period));
    const cosine = multiply(factor, add(1, cos(multiply(asDType(Math.PI, "float32"), fraction))));
    return multiply(this.initial_learning_rate, add(multiply(subtract(1, alpha), cosine), alpha));
  }

  /** Which period, and how much of it is over. */
  #place(done: Numeric): [period: Numeric, fraction: Numeric] {
    const factor = asDType(this.t_mul, "float32");
    if (this.t_mul === 1) {
      const period = floor(done);
      return [period, subtract(done, period)];
    }
    const growth = subtract(1, factor);
    const period = floor(divide(log(subtract(1, multiply(done, growth))), log(factor)));
    const longer = power(factor, period);
    const before = divide(subtract(1, longer), growth);
    return [period, divide(subtract(done, before), longer)];
  }
}
