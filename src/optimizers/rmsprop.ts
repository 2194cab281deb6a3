import type { OptionsOf } from "../fields/field.ts";
import { bool, float } from "../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, epsilon, named, rate } from "./fields.ts";
import { mixed } from "./moments.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "rmsprop". */
  name: named("rmsprop"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** How much of the mean of squares stays in each step. Defaults to 0.9. */
  rho: float(0.9),
  /** How much of the last change is made again. Defaults to 0, nothing. */
  momentum: float(0),
  ...epsilon,
  /** Whether gradients are divided by the root of their variance, instead of the mean of their squares. Defaults to false. */
  centered: bool(false),
};

/** What {@link RMSprop} takes. */
export interface RMSpropOptions extends OptionsOf<typeof fields> {}

/**
 * Steps by gradients over the root of the mean of their squares. Source: Keras 3.6 `optimizers/rmsprop.py`.
 *
 * @example
 * const optimizer = new RMSprop({ learning_rate: 0.01, momentum: 0.9 });
 */
export class RMSprop extends kerasOptimizer("RMSprop", fields)<RMSpropOptions> {
  protected override slots() {
    return [
      ["velocity"],
      ...(this.momentum > 0 ? [["momentum"]] : []),
      ...(this.centered ? [["average_gradient"]] : []),
    ];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const velocity = this.slot(variable, "velocity");
    this.assign(velocity, mixed(velocity, square(gradient), this.rho));
    const spread = add(this.#spread(variable, velocity, gradient), this.epsilon);
    const step = divide(multiply(asDType(learningRate, dtype), gradient), sqrt(spread));
    if (this.momentum <= 0) {
      this.assign(variable, subtract(variable, step));
      return;
    }
    const momentum = this.slot(variable, "momentum");
    this.assign(momentum, add(multiply(this.momentum, momentum), step));
    this.assign(variable, subtract(variable, momentum));
  }

  #spread(variable: Variable, velocity: Variable, gradient: Numeric): Variable | Numeric {
    if (!this.centered) return velocity;
    const mean = this.slot(variable, "average_gradient");
    this.assign(mean, mixed(mean, gradient, this.rho));
    return subtract(velocity, square(mean));
  }
}
