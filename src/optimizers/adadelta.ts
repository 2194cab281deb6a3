import type { OptionsOf } from "../fields/field.ts";
import { float } from "../fields/shorthands.ts";
import { add, divide, multiply } from "../ops/arithmetic.ts";
import { negative, square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, epsilon, named, rate } from "./fields.ts";
import { mixed } from "./moments.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "adadelta". */
  name: named("adadelta"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** How much of the means of squares stays in each step. Defaults to 0.95. */
  rho: float(0.95),
  ...epsilon,
};

/** What {@link Adadelta} takes. */
export interface AdadeltaOptions extends OptionsOf<typeof fields> {}

/**
 * Steps by gradients, times the size of the last changes over that of the last gradients. Source: Keras 3.6
 * `optimizers/adadelta.py`.
 *
 * @example
 * const optimizer = new Adadelta({ learning_rate: 1 });
 */
export class Adadelta extends kerasOptimizer("Adadelta", fields)<AdadeltaOptions> {
  protected override slots() {
    return [["accumulated_grad", "accumulated_delta_var"]];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const gradients = this.slot(variable, "accumulated_grad");
    const changes = this.slot(variable, "accumulated_delta_var");
    this.assign(gradients, mixed(gradients, square(gradient), this.rho));
    const change = negative(divide(multiply(this.#size(changes), gradient), this.#size(gradients)));
    this.assign(changes, mixed(changes, square(change), this.rho));
    this.assign(variable, add(variable, multiply(asDType(learningRate, dtype), change)));
  }

  #size(squares: Variable): Numeric {
    return sqrt(add(squares, this.epsilon));
  }
}
