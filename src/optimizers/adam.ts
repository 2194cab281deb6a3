import type { OptionsOf } from "../fields/field.ts";
import { bool, float } from "../fields/shorthands.ts";
import { add, divide, maximum, multiply, subtract } from "../ops/arithmetic.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { kerasOptimizer } from "./define.ts";
import { betas, common, epsilon, named, rate } from "./fields.ts";
import { corrected, movedTo, movedToSquare } from "./moments.ts";
import { Optimizer } from "./optimizer.ts";

const adamFields = {
  /** A name, which the paths of its variables begin with. Defaults to "adam". */
  name: named("adam"),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  ...betas,
  ...epsilon,
  /** Whether the largest mean of squares so far counts, as in AMSGrad. Defaults to false. */
  amsgrad: bool(false),
};

/** What Adam and AdamW do alike. */
abstract class AdamBase extends Optimizer {
  declare readonly beta_1: number;
  declare readonly beta_2: number;
  declare readonly epsilon: number;
  declare readonly amsgrad: boolean;

  protected override slots() {
    return [["momentum", "velocity"], ...(this.amsgrad ? [["velocity_hat"]] : [])];
  }

  override updateStep(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const rate = corrected(asDType(learningRate, dtype), step, this, dtype);
    const [momentum, velocity] = [this.slot(variable, "momentum"), this.slot(variable, "velocity")];
    this.assign(momentum, movedTo(momentum, gradient, this.beta_1));
    this.assign(velocity, movedToSquare(velocity, gradient, this.beta_2));
    const root = sqrt(this.amsgrad ? this.#largest(variable, velocity) : velocity);
    this.assign(variable, subtract(variable, divide(multiply(momentum, rate), add(root, this.epsilon))));
  }

  #largest(variable: Variable, velocity: Variable): Variable {
    const largest = this.slot(variable, "velocity_hat");
    this.assign(largest, maximum(largest, velocity));
    return largest;
  }
}

/** What {@link Adam} takes. */
export interface AdamOptions extends OptionsOf<typeof adamFields> {}

/**
 * Steps by the mean of the gradients, over the root of the mean of their squares. Source: Keras 3.6 `optimizers/adam.py`.
 *
 * @example
 * const optimizer = new Adam({ learning_rate: 0.01 });
 */
export class Adam extends kerasOptimizer("Adam", adamFields, AdamBase)<AdamOptions> {}

const adamWFields = {
  ...adamFields,
  /** A name, which the paths of its variables begin with. Defaults to "adamw". */
  name: named("adamw"),
  /** How much of itself, times the learning rate, each variable loses in a step. Defaults to 0.004. */
  weight_decay: float(0.004),
};

/** What {@link AdamW} takes. */
export interface AdamWOptions extends OptionsOf<typeof adamWFields> {}

/**
 * Adam with weights that decay. Source: Keras 3.6 `optimizers/adamw.py`.
 *
 * @example
 * const optimizer = new AdamW({ learning_rate: 0.01, weight_decay: 0.01 });
 */
export class AdamW extends kerasOptimizer("AdamW", adamWFields, AdamBase)<AdamWOptions> {}
