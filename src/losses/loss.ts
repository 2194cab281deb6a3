import { computing } from "../context.ts";
import { computeDType } from "../dtype-policies/compute-dtype.ts";
import { ModelError } from "../errors.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { aString, nullable, oneOf, optional } from "../fields/kinds.ts";
import { maskOf } from "../graph/mask.ts";
import { autoName } from "../graph/naming.ts";
import type { Nested } from "../graph/nested.ts";
import { checkOptions } from "../json/check-options.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { logicalAnd } from "../ops/comparison.ts";
import type { Numeric } from "../program/emit.ts";
import { type ClassSettings, classOf, nameOf } from "../registry/class-of.ts";
import { Configurable, type Constructor } from "../registry/configurable.ts";
import type { DType } from "../tensor/dtype.ts";
import type { TensorInput } from "./function.ts";
import { oneTensor, tensorsOf } from "./inputs.ts";
import { type Reduction, reduceWeighted } from "./reduction.ts";

const aReduction = nullable(oneOf("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight", "none"));

/** The fields every loss has, in the order Keras writes them; the dtype is in no config. */
export const lossFields = {
  /** A name, for logs. Defaults to one made of the class's name, such as `my_loss_1`. */
  name: optional(nullable(aString), null),
  /**
   * What becomes of the losses of samples: their sum divided by their number (`"sum_over_batch_size"`, `"mean"`) or by
   * the sum of the weights (`"mean_with_sample_weight"`), their sum (`"sum"`), or null and `"none"`: they stay as they
   * are. The two means came with Keras 3.7. Defaults to "sum_over_batch_size".
   */
  reduction: optional(aReduction, "sum_over_batch_size"),
  /** The dtype it computes in, or a policy that has one. Keras's config does not say it. Defaults to "float32". */
  dtype: computeDType(),
} satisfies Fields;

/** What every loss takes. */
export interface LossClassOptions extends OptionsOf<typeof lossFields> {}

/** How a loss is applied. */
export interface LossOptions {
  /** How much each sample counts: `(batch)`, or the shape of the losses. Defaults to 1 for all. */
  readonly sample_weight?: TensorInput | null | undefined;
}

/**
 * The base of every loss: how far predictions are from the truth. A subclass defines `call`, written with `ops`.
 * Source: Keras 3.6 `losses/loss.py`.
 *
 * @example
 * import { mean, square, subtract } from "ceratops/ops";
 *
 * class Squares extends Loss {
 *   override call(yTrue: Tensor, yPred: Tensor) {
 *     return mean(square(subtract(yPred, yTrue)), { axis: -1 });
 *   }
 * }
 * const loss = new Squares().apply(tensor([[0, 1]]), tensor([[0, 3]])).toArray(); // 2
 */
export abstract class Loss extends Configurable {
  static override readonly fields: Fields = lossFields;
  /** The fields that Keras's config of the class does not say, though its constructor takes them. */
  static readonly unsaid: readonly string[] = ["dtype"];

  declare readonly ["constructor"]: Configurable["constructor"] & { readonly unsaid: readonly string[] };
  declare readonly name: string;
  declare readonly reduction: Reduction;
  declare readonly dtype: DType;

  constructor(options: object = {}) {
    super(options);
    if (this.name === null) Object.assign(this, { name: autoName(this.constructor.className) });
  }

  /** The losses of the samples, before weights and reduction; both arguments have the loss's dtype. */
  abstract call(yTrue: Numeric, yPred: Numeric): Numeric;

  /**
   * The loss of predictions: Keras's call. A mask that the predictions carry counts like weights of 0 and 1; structures
   * of tensors are for classes of your own.
   */
  apply(yTrue: Nested<TensorInput>, yPred: Nested<TensorInput>, options: LossOptions = {}): Numeric {
    const where = this.place;
    checkOptions(where, options, { sample_weight: true });
    return computing(
      () => where,
      () => this.#reduced(yTrue, yPred, options.sample_weight ?? null),
    );
  }

  /** What is wrong with it or its call: `throw this.problem("expected …, received ….")`. */
  problem(message: string): ModelError {
    return new ModelError(this.place, message);
  }

  #reduced(yTrue: Nested<TensorInput>, yPred: Nested<TensorInput>, weights: TensorInput | null): Numeric {
    const { dtype, place: where } = this;
    const truth = tensorsOf(yTrue, dtype, where, "yTrue") as Numeric;
    const given = tensorsOf(yPred, dtype, where, "yPred") as Numeric;
    const losses = oneTensor(this.call(truth, given), null, where, "the result of call()");
    const [before, after] = [maskOf(yPred), maskOf(losses)];
    const mask = before && after ? logicalAnd(before, after) : (before ?? after);
    const own = weights === null ? null : oneTensor(weights, dtype, where, "sample_weight");
    return reduceWeighted(oneTensor(losses, dtype, where, "losses"), own, mask, this.reduction);
  }

  private get place(): string {
    return `loss ${quote(this.name)}`;
  }

  protected override arrange(config: JsonObject): JsonObject {
    for (const key of this.constructor.unsaid) delete config[key];
    return config;
  }
}

/**
 * The base of a loss class with these fields beside `name`, `reduction` and `dtype`; the class defines `call`.
 *
 * @example
 * import { float } from "ceratops/fields";
 * import { absolute, multiply, subtract } from "ceratops/ops";
 *
 * class Scaled extends defineLoss("Scaled", { factor: float(2) }, { package: "my_package" }) {
 *   override call(yTrue: Tensor, yPred: Tensor) {
 *     return multiply(this.factor, absolute(subtract(yTrue, yPred)));
 *   }
 * }
 */
export function defineLoss<const Name extends string, const F extends Fields>(
  className: Name,
  fields: F,
  settings?: ClassSettings,
): Constructor<typeof lossFields & F, Loss, Name>;
export function defineLoss(className: string, fields: Fields, settings: ClassSettings = {}): unknown {
  return classOf(Loss, { ...nameOf(className, settings), fields: { ...lossFields, ...fields } });
}
