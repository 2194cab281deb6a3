import type { OptionsOf } from "../fields/field.ts";
import { float } from "../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, epsilon, named, rate } from "./fields.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "adagrad". */
  name: named("adagrad"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** What the sums of squares begin with. Defaults to 0.1. */
  initial_accumulator_value: float(0.1),
  ...epsilon,
};

/** What {@link Adagrad} takes. */
export interface AdagradOptions extends OptionsOf<typeof fields> {}

/**
 * Steps by gradients over the root of the sum of all their squares. Source: Keras 3.6 `optimizers/adagrad.py`.
 *
 * @example
 * const optimizer = new Adagrad({ learning_rate: 0.1 });
 */
export class Adagrad extends kerasOptimizer("Adagrad", fields)<AdagradOptions> {
  protected override slots() {
    return [["accumulator"]];
  }

  protected override slotStart(slot: string): number {
    return slot === "accumulator" ? this.initial_accumulator_value : 0;
  }

  protected override slotName(variable: Variable, slot: string): string {
    return slot === "accumulator" && !this.listsByKind ? slot : super.slotName(variable, slot);
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const total = this.slot(variable, "accumulator");
    this.assign(total, add(total, square(gradient)));
    const step = multiply(asDType(learningRate, dtype), gradient);
    this.assign(variable, subtract(variable, divide(step, sqrt(add(total, this.epsilon)))));
  }
}
