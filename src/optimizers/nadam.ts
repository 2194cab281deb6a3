import type { OptionsOf } from "../fields/field.ts";
import { autoName } from "../graph/naming.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import type { DType } from "../tensor/dtype.ts";
import { kerasOptimizer } from "./define.ts";
import { betas, common, epsilon, named, rate } from "./fields.ts";
import { decayed } from "./moments.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to "nadam". */
  name: named("nadam"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  ...betas,
  ...epsilon,
};

/** What {@link Nadam} takes. */
export interface NadamOptions extends OptionsOf<typeof fields> {}

/**
 * Adam with Nesterov's momentum. Source: Keras 3.6 `optimizers/nadam.py`.
 *
 * @example
 * const optimizer = new Nadam({ learning_rate: 0.01 });
 */
export class Nadam extends kerasOptimizer("Nadam", fields)<NadamOptions> {
  /** The product of the momenta of all steps. */
  declare private product: Variable;

  protected override buildSlots(variables: readonly Variable[]): void {
    const first = this.listsByKind ? null : this.#makeProduct(variables);
    this.addSlots(variables, [["momentum", "velocity"]]);
    this.product = first ?? this.#makeProduct(variables);
  }

  /** Keras gives it no name and no place in the optimizer. */
  #makeProduct(variables: readonly Variable[]): Variable {
    const made = this.addVariable(autoName("Variable"), [], variables[0]?.dtype ?? "float32", 1);
    made.path = made.name;
    return made;
  }

  /** The momentum of a step. */
  #momentum(step: Numeric, dtype: DType): Numeric {
    return multiply(asDType(this.beta_1, dtype), subtract(1, multiply(0.5, decayed(0.96, step, dtype))));
  }

  protected override updateAll(gradients: readonly Numeric[], variables: readonly Variable[]): void {
    const { dtype } = this.product;
    const fading = decayed(0.96, asDType(add(this.iteration(), 1), dtype), dtype);
    const share = subtract(1, multiply(0.5, fading));
    this.assign(this.product, multiply(multiply(this.product, this.beta_1), share));
    super.updateAll(gradients, variables);
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const now = this.#momentum(step, dtype);
    const next = this.#momentum(asDType(add(this.iteration(), 2), dtype), dtype);
    const product = asDType(this.product, dtype);
    const [momentum, velocity] = [this.slot(variable, "momentum"), this.slot(variable, "velocity")];
    const [kept, keptSquares] = [asDType(this.beta_1, dtype), asDType(this.beta_2, dtype)];
    this.assign(momentum, add(momentum, multiply(subtract(gradient, momentum), subtract(1, kept))));
    const gap = subtract(square(gradient), velocity);
    this.assign(velocity, add(velocity, multiply(gap, subtract(1, keptSquares))));
    const ahead = divide(multiply(next, momentum), subtract(1, multiply(product, next)));
    const fresh = divide(multiply(subtract(1, now), gradient), subtract(1, product));
    const spread = divide(velocity, subtract(1, decayed(this.beta_2, step, dtype)));
    const change = multiply(add(ahead, fresh), asDType(learningRate, dtype));
    this.assign(variable, subtract(variable, divide(change, add(sqrt(spread), this.epsilon))));
  }
}
