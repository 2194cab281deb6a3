import { invariant } from "../errors.ts";
import type { OptionsOf } from "../fields/field.ts";
import { required } from "../fields/kinds.ts";
import { float } from "../fields/shorthands.ts";
import { quote } from "../json/quote.ts";
import { add } from "../ops/arithmetic.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { objectKind } from "../registry/object-field.ts";
import { kerasOptimizer } from "./define.ts";
import { named } from "./fields.ts";
import type { LearningRateLike } from "./learning-rate.ts";
import { LossScaleOptimizer } from "./loss-scale-optimizer.ts";
import type { Gradients, Optimizer } from "./optimizer.ts";
import { OptimizerMap } from "./optimizer-map.ts";

const aMap = objectKind("optimizer_map", "an OptimizerMap", (found) => found instanceof OptimizerMap);

const fields = {
  /** Which variable is whose. */
  optimizer_map: required(aMap),
  /** What the loss is multiplied by, and the gradients are divided by, for all inside. Defaults to null, 1. */
  loss_scale_factor: float(null),
  /** A name, which the paths of its variables begin with. Defaults to null, one made of the class's. */
  name: named(null),
};

/** What {@link MultiOptimizer} takes. */
export interface MultiOptimizerOptions extends OptionsOf<typeof fields> {}

/**
 * Several optimizers, each for variables of its own. Its learning rates are those of the optimizers inside. Source: Keras
 * 3.15 `optimizers/multi_optimizer.py`.
 *
 * @example
 * const optimizer = new MultiOptimizer({
 *   optimizer_map: new OptimizerMap({ default_optimizer: new SGD(), optimizer_map: { "dense/.*": new Adam() } }),
 * });
 */
export class MultiOptimizer extends kerasOptimizer("MultiOptimizer", fields)<MultiOptimizerOptions> {
  /** The optimizers inside, each once. */
  readonly optimizers: readonly Optimizer[];
  readonly #owners = new Map<Variable, Optimizer>();

  constructor(options: MultiOptimizerOptions) {
    super(options);
    this.optimizers = this.optimizer_map.optimizers;
    for (const optimizer of this.optimizers) {
      if (optimizer instanceof LossScaleOptimizer || optimizer instanceof MultiOptimizer)
        throw this.problem(`expected optimizers that change variables, received ${quote(optimizer.name)}.`);
      optimizer.loss_scale_factor = this.loss_scale_factor;
    }
  }

  override get variables(): readonly Variable[] {
    return [...this.ownVariables, ...this.optimizers.flatMap(({ variables }) => variables)];
  }

  override get learning_rate(): number {
    throw this.#noRate();
  }

  override set learning_rate(_rate: LearningRateLike) {
    throw this.#noRate();
  }

  #noRate() {
    return this.problem("expected an optimizer with a learning rate. Ask one of its optimizers.");
  }

  protected override buildSlots(variables: readonly Variable[]): void {
    for (const variable of variables) this.#owners.set(variable, this.optimizer_map.get(variable.path));
    for (const { optimizer, owned } of this.#parts(variables)) optimizer.build(owned);
  }

  /** The optimizers that have some of the variables, with those. */
  #parts(variables: readonly Variable[]) {
    return this.optimizers
      .map((optimizer) => ({
        optimizer,
        owned: variables.filter((variable) => this.#owners.get(variable) === optimizer),
      }))
      .filter(({ owned }) => owned.length > 0);
  }

  protected override applyTo(gradients: Gradients, variables: readonly Variable[]): void {
    const given = new Map(variables.map((variable, i) => [variable, gradients[i] ?? null]));
    for (const { optimizer, owned } of this.#parts(variables))
      optimizer.apply(
        owned.map((variable) => given.get(variable) ?? null),
        owned,
      );
    this.assign(this.step, add(this.step, 1));
  }

  /** What the optimizer does that the variable is for. */
  override updateStep(gradient: Numeric, variable: Variable, learningRate: Numeric): void {
    const owner = this.#owners.get(variable);
    invariant(owner, "a variable without an optimizer");
    owner.updateStep(gradient, variable, learningRate);
  }

  override finalizeVariableValues(variables: readonly Variable[] = this.trainedVariables): void {
    for (const { optimizer, owned } of this.#parts(variables)) optimizer.finalizeVariableValues(owned);
  }
}
