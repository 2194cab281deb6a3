import type { OptionsOf } from "../fields/field.ts";
import { aFloat, optional, refine } from "../fields/kinds.ts";
import { float } from "../fields/shorthands.ts";
import { add, multiply, subtract } from "../ops/arithmetic.ts";
import { sign } from "../ops/elementwise.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, named, rate } from "./fields.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "lion". */
  name: named("lion"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** How much of the mean of the gradients the direction of a step has, above 0 and up to 1. Defaults to 0.9. */
  beta_1: optional(
    refine(aFloat, "a number above 0 and of at most 1", (value) => value > 0 && value <= 1),
    0.9,
  ),
  /** How much of the mean stays in each step. Defaults to 0.99. */
  beta_2: float(0.99),
};

/** What {@link Lion} takes. */
export interface LionOptions extends OptionsOf<typeof fields> {}

/**
 * Steps of one size, by the sign of the mean of the gradients. Source: Keras 3.6 `optimizers/lion.py`.
 *
 * @example
 * const optimizer = new Lion({ learning_rate: 0.0001 });
 */
export class Lion extends kerasOptimizer("Lion", fields)<LionOptions> {
  protected override slots() {
    return [["momentum"]];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const momentum = this.slot(variable, "momentum");
    const mixed = (share: number) => {
      const kept = asDType(share, dtype);
      return add(multiply(momentum, kept), multiply(gradient, subtract(1, kept)));
    };
    const change = multiply(asDType(learningRate, dtype), sign(mixed(this.beta_1)));
    this.assign(variable, subtract(variable, change));
    this.assign(momentum, mixed(this.beta_2));
  }
}
