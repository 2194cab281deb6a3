import type { OptionsOf } from "../fields/field.ts";
import { aFloat, optional, refine } from "../fields/kinds.ts";
import { float, positiveFloat } from "../fields/shorthands.ts";
import { add, divide, multiply, power, subtract } from "../ops/arithmetic.ts";
import { clip } from "../ops/clipping.ts";
import { square } from "../ops/elementwise.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { common, named, rate } from "./fields.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "ftrl". */
  name: named("ftrl"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** How the learning rate falls as squares add up: a power of at most 0. Defaults to -0.5. */
  learning_rate_power: optional(
    refine(aFloat, "a number of at most 0", (value) => value <= 0),
    -0.5,
  ),
  /** What the sums of squares begin with. Defaults to 0.1. */
  initial_accumulator_value: positiveFloat(0.1),
  /** The strength of the penalty on absolute values. Defaults to 0. */
  l1_regularization_strength: positiveFloat(0),
  /** The strength of the penalty on squares. Defaults to 0. */
  l2_regularization_strength: positiveFloat(0),
  /** The strength of the penalty on squares that belongs to the gradients alone. Defaults to 0. */
  l2_shrinkage_regularization_strength: positiveFloat(0),
  /** What the penalty on squares begins with, over twice the learning rate. Defaults to 0. */
  beta: float(0),
};

/** What {@link Ftrl} takes. */
export interface FtrlOptions extends OptionsOf<typeof fields> {}

/**
 * Follows the regularized leader: for many sparse features. Source: Keras 3.6 `optimizers/ftrl.py`.
 *
 * @example
 * const optimizer = new Ftrl({ learning_rate: 0.1, l1_regularization_strength: 0.01 });
 */
export class Ftrl extends kerasOptimizer("Ftrl", fields)<FtrlOptions> {
  protected override slots() {
    return [["accumulator", "linear"]];
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
    const rate = asDType(learningRate, dtype);
    const [total, linear] = [this.slot(variable, "accumulator"), this.slot(variable, "linear")];
    const shrunk = add(gradient, multiply(2 * this.l2_shrinkage_regularization_strength, variable));
    const next = add(total, square(gradient));
    const [before, after] = [power(total, -this.learning_rate_power), power(next, -this.learning_rate_power)];
    const drift = multiply(divide(subtract(after, before), rate), variable);
    this.assign(linear, add(linear, subtract(shrunk, drift)));
    const penalty = add(this.l2_regularization_strength, divide(this.beta, multiply(2, rate)));
    const quadratic = add(divide(after, rate), multiply(2, penalty));
    const l1 = this.l1_regularization_strength;
    const bounded = clip(linear, { x_min: -l1, x_max: l1 });
    this.assign(variable, divide(subtract(bounded, linear), quadratic));
    this.assign(total, next);
  }
}
