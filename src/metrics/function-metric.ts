import type { Fields } from "../fields/field.ts";
import { maskOf } from "../graph/mask.ts";
import type { JsonObject } from "../json/json.ts";
import type { AnyTruthFunction, TensorInput } from "../losses/function.ts";
import { type FunctionSettings, functionOptions } from "../losses/function-options.ts";
import { withMask } from "../losses/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import { classOf, nameOf } from "../registry/class-of.ts";
import type { Constructor } from "../registry/configurable.ts";
import type { metricFields, UpdateOptions } from "./metric.ts";
import { Averaging, namedFields } from "./reductions.ts";

/** The mean of a function of truths and predictions. */
export abstract class MeanOfFunction extends Averaging {
  static override readonly className: string = "MeanOfFunction";
  /**
   * Whether a mask that predictions carry counts where there are no weights; the Keras that wrote the config says it.
   */
  countsMasksAlone = false;

  /** What is averaged. */
  protected abstract measure(yTrue: Numeric, yPred: Numeric): Numeric;

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options);
    const [truth, given] = this.pair(yTrue, yPred);
    const values = this.measure(truth, given);
    const mask = weights === null && !this.countsMasksAlone ? null : maskOf(yPred);
    this.gather(values, withMask(weights, mask, this.dtype, "sum"));
  }
}

/** A metric that is the mean of a function with options. */
export abstract class FunctionMetric extends MeanOfFunction {
  static override readonly isBase = true;
  /** The function, which fields are its options, and which of these Keras's config does not say. */
  static readonly fn: AnyTruthFunction;
  static readonly optionKeys: readonly string[];
  static readonly unsaid: readonly string[];

  declare readonly ["constructor"]: MeanOfFunction["constructor"] & {
    readonly fn: AnyTruthFunction;
    readonly optionKeys: readonly string[];
    readonly unsaid: readonly string[];
  };

  protected override measure(yTrue: Numeric, yPred: Numeric): Numeric {
    const { fn, optionKeys } = this.constructor;
    return fn(yTrue, yPred, functionOptions(this, optionKeys));
  }

  protected override arrange(config: JsonObject): JsonObject {
    for (const key of this.constructor.unsaid) delete config[key];
    return config;
  }
}

type None = Record<never, never>;

/** A metric class of Keras that is the mean of a function: its options are fields, beside those of every metric. */
export function functionMetric<const Name extends string, const F extends Fields = None>(
  className: Name,
  fn: AnyTruthFunction,
  fields?: F,
  settings?: FunctionSettings,
): Constructor<typeof metricFields & F, FunctionMetric, Name>;
export function functionMetric(
  className: string,
  fn: AnyTruthFunction,
  own: Fields = {},
  { name = fn.name, unsaid = [] }: FunctionSettings = {},
): unknown {
  return classOf(FunctionMetric, {
    ...nameOf(className, { module: "keras.metrics" }),
    fields: { ...namedFields(name), ...own },
    fn,
    optionKeys: Object.keys(own),
    unsaid,
  });
}
