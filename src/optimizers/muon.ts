import type { OptionsOf } from "../fields/field.ts";
import { aFloat, aString, listOf, nullable, optional } from "../fields/kinds.ts";
import { bool, float, int, number } from "../fields/shorthands.ts";
import { largest } from "../largest.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { matmul } from "../ops/matmul.ts";
import { turned } from "../ops/moving.ts";
import { asDType, asResult } from "../ops/operands.ts";
import { sum } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import type { StaticShape } from "../tensor/shape.ts";
import { kerasOptimizer } from "./define.ts";
import { common, epsilon, named, rate } from "./fields.ts";
import { corrected, movedTo, movedToSquare } from "./moments.ts";
import { finder } from "./search.ts";

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to null, one made of the class's. */
  name: named(null),
  /** How far each step goes: a number, a schedule, or a function that gives one. Defaults to 0.001. */
  learning_rate: rate(0.001),
  ...common,
  /** How much of itself, times the learning rate, each matrix loses in a step. Defaults to 0.004. */
  weight_decay: optional(nullable(aFloat), 0.004),
  /** How much of the mean of the gradients stays, for what is no matrix. Defaults to 0.9. */
  adam_beta_1: float(0.9),
  /** How much of the mean of their squares stays, for what is no matrix. Defaults to 0.999. */
  adam_beta_2: float(0.999),
  ...epsilon,
  /** Regular expressions found in the paths of matrices that are treated like all else. Defaults to []. */
  exclude_layers: optional(listOf(aString), []),
  /** The factor of a matrix in a step of its iteration. Defaults to 3.4445. */
  muon_a: float(3.4445),
  /** The factor of its third power. Defaults to -4.775. */
  muon_b: float(-4.775),
  /** The factor of its fifth power. Defaults to 2.0315. */
  muon_c: float(2.0315),
  /** The learning rate of what is no matrix, as a share of that of matrices. Defaults to 1. */
  adam_lr_ratio: number(1),
  /** How much of the last gradients a step has. Defaults to 0.95. */
  momentum: float(0.95),
  /** How many steps the iteration has that makes a matrix orthogonal. Defaults to 5. */
  ns_steps: int(5),
  /** Whether momentum is Nesterov's. Defaults to true. */
  nesterov: bool(true),
  /** Whether matrices with "embedding" in their path are treated like all else. Defaults to true. */
  exclude_embeddings: bool(true),
  /** How much what is no matrix loses of itself, times the learning rate. Defaults to 0.004; null is nothing. */
  adam_weight_decay: optional(nullable(aFloat), 0.004, { since: "3.13" }),
  /** The size of a change of a matrix, which makes Adam's learning rates fit; null leaves it. Defaults to 0.2. */
  rms_rate: optional(nullable(aFloat), 0.2, { since: "3.13" }),
};

/** What {@link Muon} takes. */
export interface MuonOptions extends OptionsOf<typeof fields> {}

/**
 * Steps of matrices by their momentum made orthogonal; whatever is no matrix is changed as by Adam. Source: Keras 3.15
 * `optimizers/muon.py`.
 *
 * @example
 * const optimizer = new Muon({ learning_rate: 0.01, exclude_layers: ["head"] });
 */
export class Muon extends kerasOptimizer("Muon", fields)<MuonOptions> {
  /**
   * Whether steps are only wider where a matrix is taller, stacks of matrices are matrices, and one decay is for all, as in the
   * first versions that had the class.
   */
  readonly widensTall: boolean = false;
  #isExcluded = finder(`${this.place}.exclude_layers`, this.exclude_layers);

  /** Whether a variable is changed as by Adam. */
  #isForAdam({ shape, path }: Variable): boolean {
    if (shape.length !== 2 && !(this.widensTall && shape.length === 3)) return true;
    return (this.exclude_embeddings && path.toLowerCase().includes("embedding")) || this.#isExcluded(path);
  }

  protected override buildSlots(variables: readonly Variable[]): void {
    for (const variable of variables)
      this.addSlots([variable], [this.#isForAdam(variable) ? ["momentum", "velocity"] : ["momentum"]]);
  }

  protected override decayOf(variable: Variable): number | null {
    const isOther = !this.widensTall && this.#isForAdam(variable);
    return isOther ? this.adam_weight_decay : this.weight_decay;
  }

  override updateStep(gradient: Numeric, variable: Variable, learningRate: Numeric): void {
    if (!this.#isForAdam(variable)) this.#updateMatrix(gradient, variable, learningRate);
    else this.#updateOther(gradient, variable, multiply(learningRate, this.adam_lr_ratio));
  }

  #updateMatrix(gradient: Numeric, variable: Variable, learningRate: Numeric): void {
    const momentum = this.slot(variable, "momentum");
    this.assign(momentum, add(momentum, add(gradient, multiply(momentum, this.momentum - 1))));
    const direction = this.nesterov ? add(gradient, multiply(this.momentum, momentum)) : asResult(momentum);
    const change = multiply(learningRate, this.#orthogonal(direction));
    this.assign(variable, subtract(variable, this.#sized(change, variable.shape)));
  }

  #sized(change: Numeric, shape: StaticShape): Numeric {
    const [rows = 1, columns = 1] = shape;
    if (this.widensTall) return multiply(change, Math.sqrt(Math.max(1, rows / columns)));
    if (this.rms_rate === null) return change;
    return multiply(multiply(change, sqrt(asDType(largest(shape), "float32"))), this.rms_rate);
  }

  /** About the nearest orthogonal matrix, by the iteration of Newton and Schulz. */
  #orthogonal(matrix: Numeric): Numeric {
    const [rows = 0, columns = 0] = matrix.shape.slice(-2) as number[];
    const isTall = rows > columns;
    const wide = isTall ? turned(matrix) : matrix;
    const size = sqrt(sum(square(wide), { axis: [-2, -1], keepdims: true }));
    let x = divide(wide, add(size, 1e-7));
    for (let i = 0; i < this.ns_steps; i++) {
      const squared = matmul(x, turned(x));
      const fourth = matmul(multiply(this.muon_c, squared), squared);
      x = add(multiply(this.muon_a, x), matmul(add(multiply(this.muon_b, squared), fourth), x));
    }
    return isTall ? turned(x) : x;
  }

  #updateOther(given: Numeric, variable: Variable, learningRate: Numeric): void {
    const { dtype } = variable;
    const gradient = asDType(given, dtype);
    const step = asDType(add(this.iteration(), 1), dtype);
    const [beta_1, beta_2] = [this.adam_beta_1, this.adam_beta_2];
    const rate = corrected(asDType(learningRate, dtype), step, { beta_1, beta_2 }, dtype);
    const [momentum, velocity] = [this.slot(variable, "momentum"), this.slot(variable, "velocity")];
    this.assign(momentum, movedTo(momentum, gradient, beta_1));
    this.assign(velocity, movedToSquare(velocity, gradient, beta_2));
    const change = divide(multiply(momentum, rate), add(sqrt(velocity), this.epsilon));
    this.assign(variable, subtract(variable, change));
  }
}
