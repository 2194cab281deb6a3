import type { Fields, OptionsOf } from "../fields/field.ts";
import { required } from "../fields/kinds.ts";
import type { JsonObject } from "../json/json.ts";
import { oneTensor } from "../losses/inputs.ts";
import { apart, aTruthFunction, callWith, together } from "../losses/wrapped.ts";
import type { Numeric } from "../program/emit.ts";
import type { FunctionOrOpaque } from "../registry/function-field.ts";
import { MeanOfFunction } from "./function-metric.ts";
import { metricFields } from "./metric.ts";

const fields = {
  ...metricFields,
  /** The function: of truths, predictions and an object of the other options. */
  fn: required(aTruthFunction),
} satisfies Fields;

/** What {@link MeanMetricWrapper} takes, beside options of its function. */
export interface MeanMetricWrapperOptions extends OptionsOf<typeof fields> {}

/**
 * The mean of a function of truths and predictions as a metric. All other options are given to the function, and written
 * into the config. Source: Keras 3.6 `metrics/reduction_metrics.py`.
 *
 * @example
 * import { meanSquaredError } from "ceratops/losses";
 *
 * const metric = new MeanMetricWrapper({ fn: meanSquaredError, name: "error" });
 * metric.updateState(tensor([[0, 1]]), tensor([[0, 3]]));
 */
export class MeanMetricWrapper extends MeanOfFunction {
  static override readonly className: string = "MeanMetricWrapper";
  static override readonly module: string | null = "keras.metrics";
  static override readonly registeredName: string | null = null;
  static override readonly fields: Fields = fields;

  declare readonly fn: FunctionOrOpaque;
  /** What the function is given beside truths and predictions. */
  readonly fnOptions: JsonObject;

  constructor(options: MeanMetricWrapperOptions) {
    const { own, rest } = apart(options, new.target.fields);
    super(own);
    this.fnOptions = rest;
  }

  protected override measure(yTrue: Numeric, yPred: Numeric): Numeric {
    const values = callWith(this.fn, yTrue, yPred, this.fnOptions, "metric");
    return oneTensor(values, null, this.place, "the result of fn");
  }

  override getConfig(): JsonObject {
    return together(super.getConfig(), this.fnOptions);
  }
}
