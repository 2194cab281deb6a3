import type { OptionsOf } from "../../fields/field.ts";
import { bool, float, string } from "../../fields/shorthands.ts";
import { add, divide, minimum, multiply, power, subtract } from "../../ops/arithmetic.ts";
import { equal, where } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { ceil } from "../../ops/float-functions.ts";
import { asDType, type OperandLike } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { initialRate, steps } from "./decay-fields.ts";
import { kerasSchedule } from "./learning-rate-schedule.ts";

const fields = {
  ...initialRate,
  /** After how many steps the rate is `end_learning_rate`. */
  decay_steps: steps(),
  /** The least rate. Defaults to 0.0001. */
  end_learning_rate: float(0.0001),
  /** The degree: 1 is a line. Defaults to 1. */
  power: float(1),
  /** Whether it begins anew behind the end, at a smaller slope, instead of staying there. Defaults to false. */
  cycle: bool(false),
  /** A name. Defaults to "PolynomialDecay". */
  name: string("PolynomialDecay"),
};

/** What {@link PolynomialDecay} takes. */
export interface PolynomialDecayOptions extends OptionsOf<typeof fields> {}

/**
 * From `initial_learning_rate` to `end_learning_rate` in `decay_steps`, as a power of what is left of them.
 *
 * @example
 * const schedule = new PolynomialDecay({ initial_learning_rate: 0.1, decay_steps: 1000, power: 0.5 });
 */
export class PolynomialDecay extends kerasSchedule("PolynomialDecay", fields)<PolynomialDecayOptions> {
  override call(step: OperandLike): Numeric {
    const at = cast(step, { dtype: "float32" });
    const end = asDType(this.end_learning_rate, "float32");
    const [now, until] = this.cycle
      ? [at, this.#cycleOf(at)]
      : [minimum(at, this.decay_steps), this.decay_steps];
    const left = power(subtract(1, divide(now, until)), asDType(this.power, "float32"));
    const range = subtract(asDType(this.initial_learning_rate, "float32"), end);
    return add(multiply(range, left), end);
  }

  /** The end of the cycle that a step is in. */
  #cycleOf(at: Numeric): Numeric {
    const cycles = where(equal(at, 0), asDType(1, "float32"), ceil(divide(at, this.decay_steps)));
    return multiply(this.decay_steps, cycles);
  }
}
