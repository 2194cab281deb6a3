import type { OptionsOf } from "../fields/field.ts";
import { float, int } from "../fields/shorthands.ts";
import { add, divide, minimum, multiply, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType, asResult } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { betas, common, named, rate } from "./fields.ts";
import { decayed } from "./moments.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to null, one made of the class's. */
  name: named(null),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.0025. */
  learning_rate: rate(0.0025),
  ...common,
  ...betas,
  /** What is added to a divisor. Defaults to 1e-8. */
  epsilon: float(1e-8),
  /** In how many steps the learning rate rises from 0. Defaults to 0, none. */
  warmup_steps: int(0),
};

/** What {@link ScheduleFreeAdamW} takes. */
export interface ScheduleFreeAdamWOptions extends OptionsOf<typeof fields> {}

/**
 * AdamW that averages the variables instead of lowering the learning rate. Source: Keras 3.15
 * `optimizers/schedule_free_adamw.py`.
 *
 * @example
 * const optimizer = new ScheduleFreeAdamW({ warmup_steps: 100 });
 */
export class ScheduleFreeAdamW extends kerasOptimizer("ScheduleFreeAdamW", fields)<ScheduleFreeAdamWOptions> {
  /** The momentum is a point, which begins where the variable is. */
  protected override buildSlots(variables: readonly Variable[]): void {
    this.addSlots(variables, [["momentum", "velocity"]]);
    for (const variable of variables) {
      const point = this.slot(variable, "momentum");
      if (variable.isMaterialized) point.assign(variable.value);
      else
        point.assignLazily({
          later: () => variable.load(),
          ...(!variable.isRemote && { now: () => variable.value }),
        });
    }
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const [kept, keptSquares] = [asDType(this.beta_1, dtype), asDType(this.beta_2, dtype)];
    const [point, velocity] = [this.slot(variable, "momentum"), this.slot(variable, "velocity")];
    const before = asResult(point);
    const gap = subtract(square(gradient), velocity);
    this.assign(velocity, add(velocity, multiply(gap, subtract(1, keptSquares))));
    const spread = divide(velocity, subtract(1, decayed(this.beta_2, step, dtype)));
    const rate = this.#warm(asDType(learningRate, dtype), step);
    const change = divide(multiply(rate, gradient), add(sqrt(spread), asDType(this.epsilon, dtype)));
    this.assign(point, subtract(point, change));
    const share = divide(1, step);
    const rest = subtract(1, kept);
    const average = divide(subtract(variable, multiply(rest, before)), kept);
    const next = add(multiply(subtract(1, share), average), multiply(share, point));
    this.assign(variable, add(multiply(rest, point), multiply(kept, next)));
  }

  #warm(rate: Numeric, step: Numeric): Numeric {
    if (this.warmup_steps <= 0) return rate;
    return multiply(rate, minimum(divide(step, asDType(this.warmup_steps, step.dtype)), 1));
  }
}
