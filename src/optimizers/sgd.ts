import type { OptionsOf } from "../fields/field.ts";
import { aFloatBetween, optional } from "../fields/kinds.ts";
import { bool } from "../fields/shorthands.ts";
import { add, multiply, subtract } from "../ops/arithmetic.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, named, rate } from "./fields.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "SGD". */
  name: named("SGD"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.01. */
  learning_rate: rate(0.01),
  ...common,
  /** How much of the last change is made again, from 0 to 1. Defaults to 0, nothing. */
  momentum: optional(aFloatBetween(0, 1), 0),
  /** Whether momentum is Nesterov's. Defaults to false. */
  nesterov: bool(false),
};

/** What {@link SGD} takes. */
export interface SGDOptions extends OptionsOf<typeof fields> {}

/**
 * Gradient descent, with momentum where asked for. Source: Keras 3.6 `optimizers/sgd.py`.
 *
 * @example
 * const optimizer = new SGD({ learning_rate: 0.1, momentum: 0.9 });
 */
export class SGD extends kerasOptimizer("SGD", fields)<SGDOptions> {
  protected override slots() {
    return this.momentum === 0 ? [] : [["momentum"]];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const step = multiply(asDType(given, dtype), asDType(learningRate, dtype));
    if (this.momentum === 0) {
      this.assign(variable, subtract(variable, step));
      return;
    }
    const momentum = this.slot(variable, "momentum");
    const moved = () => subtract(multiply(momentum, this.momentum), step);
    this.assign(momentum, moved());
    this.assign(variable, add(variable, this.nesterov ? moved() : momentum));
  }
}
