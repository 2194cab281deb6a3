import type { Field, Fields, OptionsOf } from "../fields/field.ts";
import { required } from "../fields/kinds.ts";
import { float, positiveInt } from "../fields/shorthands.ts";
import { add, divide, multiply } from "../ops/arithmetic.ts";
import { equal, logicalAnd, where } from "../ops/comparison.ts";
import { all } from "../ops/reduction.ts";
import { isfinite, logicalNot } from "../ops/truths.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { anOptimizer } from "./an-optimizer.ts";
import { changeIf } from "./change.ts";
import { kerasOptimizer } from "./define.ts";
import { common, named } from "./fields.ts";
import type { LearningRateLike } from "./learning-rate.ts";
import type { Gradients } from "./optimizer.ts";

/** A field that older versions write and nothing heeds: that of the inner optimizer is what counts. */
function leftToInner<In, Out>(field: Field<In, Out, false>): Field<In, Out, false> {
  const expected = "its default, because the inner optimizer's is what counts";
  return {
    ...field,
    until: "3.12",
    expected,
    parse(input, problems) {
      return input === field.default ? field.parse(input, problems) : problems.expected(expected, input);
    },
  };
}

const fields = {
  /** A name, which the paths of its variables begin with. Defaults to null, one made of the class's. */
  name: named(null),
  ...(Object.fromEntries(
    Object.entries(common).map(([key, field]) => [key, leftToInner(field as Field<unknown, unknown, false>)]),
  ) as Fields as typeof common),
  /** The optimizer that changes the variables. */
  inner_optimizer: required(anOptimizer),
  /** What the loss is multiplied by at first. Defaults to 32768. */
  initial_scale: float(2 ** 15),
  /** After how many steps without infinite gradients the factor is doubled. Defaults to 2000. */
  dynamic_growth_steps: positiveInt(2000),
};

/** What {@link LossScaleOptimizer} takes. */
export interface LossScaleOptimizerOptions extends OptionsOf<typeof fields> {}

/**
 * Scales the loss so that gradients in float16 do not become 0, as much as they do not become infinite: where one does,
 * nothing changes and the factor is halved. Source: Keras 3.6 `optimizers/loss_scale_optimizer.py`.
 *
 * @example
 * const optimizer = new LossScaleOptimizer({ inner_optimizer: new SGD({ learning_rate: 0.1 }) });
 */
export class LossScaleOptimizer extends kerasOptimizer(
  "LossScaleOptimizer",
  fields,
)<LossScaleOptimizerOptions> {
  /** Steps since the factor was changed. */
  declare private counter: Variable;
  /** The factor. */
  declare private scale: Variable;

  override get variables(): readonly Variable[] {
    return [...this.ownVariables, ...this.inner_optimizer.variables];
  }

  override get iterations(): number {
    return this.inner_optimizer.iterations;
  }

  override get learning_rate(): number {
    return this.inner_optimizer.learning_rate;
  }

  override set learning_rate(rate: LearningRateLike) {
    this.inner_optimizer.learning_rate = rate;
  }

  protected override buildSlots(variables: readonly Variable[]): void {
    this.counter = this.addVariable("step_counter", [], "int32");
    this.scale = this.addVariable("dynamic_scale", [], "float32", this.initial_scale);
    this.inner_optimizer.build(variables);
  }

  protected override applyTo(gradients: Gradients, variables: readonly Variable[]): void {
    const { counter, scale, inner_optimizer: inner } = this;
    const finite = gradients
      .flatMap((gradient) => gradient ?? [])
      .map((gradient) => all(isfinite(gradient)))
      .reduce((one, other) => logicalAnd(one, other));
    const unscaled = gradients.map((gradient) => gradient && divide(gradient, scale));
    changeIf(finite, [...variables, ...inner.variables], () => inner.apply(unscaled, variables));
    const isTime = equal(counter, this.dynamic_growth_steps - 1);
    const goesOn = logicalAnd(finite, logicalNot(isTime));
    const factor = where(finite, where(isTime, multiply(scale, 2), scale), multiply(scale, 0.5));
    this.assign(counter, where(goesOn, add(counter, 1), 0));
    this.assign(scale, factor);
  }

  /** What the inner optimizer does. */
  override updateStep(gradient: Numeric, variable: Variable, learningRate: Numeric): void {
    this.inner_optimizer.updateStep(gradient, variable, learningRate);
  }

  override scaleLoss(loss: Operand): Numeric {
    return multiply(loss, this.built ? this.scale : this.initial_scale);
  }

  override finalizeVariableValues(variables?: readonly Variable[]): void {
    this.inner_optimizer.finalizeVariableValues(variables);
  }
}
