import type { OptionsOf } from "../fields/field.ts";
import { add, divide, maximum, multiply, subtract } from "../ops/arithmetic.ts";
import { absolute } from "../ops/elementwise.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { betas, common, epsilon, named, rate } from "./fields.ts";
import { decayed, movedTo } from "./moments.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "adamax". */
  name: named("adamax"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  ...betas,
  ...epsilon,
};

/** What {@link Adamax} takes. */
export interface AdamaxOptions extends OptionsOf<typeof fields> {}

/**
 * Steps by the mean of the gradients, over the largest of them, which fades. Source: Keras 3.6 `optimizers/adamax.py`.
 *
 * @example
 * const optimizer = new Adamax({ learning_rate: 0.01 });
 */
export class Adamax extends kerasOptimizer("Adamax", fields)<AdamaxOptions> {
  protected override slots() {
    return [["momentum", "norm"]];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const [momentum, norm] = [this.slot(variable, "momentum"), this.slot(variable, "norm")];
    this.assign(momentum, movedTo(momentum, gradient, this.beta_1));
    this.assign(norm, maximum(multiply(this.beta_2, norm), absolute(gradient)));
    const divisor = multiply(subtract(1, decayed(this.beta_1, step, dtype)), add(norm, this.epsilon));
    const change = divide(multiply(asDType(learningRate, dtype), momentum), divisor);
    this.assign(variable, subtract(variable, change));
  }
}
