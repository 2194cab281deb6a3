import type { OptionsOf } from "../fields/field.ts";
import { add, divide, multiply, power, subtract } from "../ops/arithmetic.ts";
import { greater, where } from "../ops/comparison.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import { sum } from "../ops/reduction.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { betas, common, epsilon, named, rate } from "./fields.ts";
import { decayed, movedTo, movedToSquare } from "./moments.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "lamb". */
  name: named("lamb"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  ...betas,
  ...epsilon,
};

/** What {@link Lamb} takes. */
export interface LambOptions extends OptionsOf<typeof fields> {}

/**
 * Adam with steps in proportion to the size of each variable, for large batches. Source: Keras 3.6 `optimizers/lamb.py`.
 *
 * @example
 * const optimizer = new Lamb({ learning_rate: 0.01 });
 */
export class Lamb extends kerasOptimizer("Lamb", fields)<LambOptions> {
  protected override slots() {
    return [["momentum", "velocity"]];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const [momentum, velocity] = [this.slot(variable, "momentum"), this.slot(variable, "velocity")];
    this.assign(momentum, movedTo(momentum, gradient, this.beta_1));
    this.assign(velocity, movedToSquare(velocity, gradient, this.beta_2));
    const mean = divide(momentum, subtract(1, decayed(this.beta_1, step, dtype)));
    const spread = divide(velocity, subtract(1, decayed(this.beta_2, step, dtype)));
    const change = divide(mean, add(sqrt(spread), this.epsilon));
    const rate = multiply(ratioOf(norm(variable), norm(change)), asDType(learningRate, dtype));
    this.assign(variable, subtract(variable, multiply(rate, change)));
  }
}

function norm(x: Operand): Numeric {
  return sqrt(sum(power(x, 2)));
}

/** The size of a variable over that of its change; 1 where either is 0. */
function ratioOf(size: Numeric, change: Numeric): Numeric {
  const one = asDType(1, size.dtype);
  return where(greater(size, 0), where(greater(change, 0), divide(size, change), one), one);
}
