import { aString, nullable, optional } from "../fields/kinds.ts";
import { checkOptions } from "../json/check-options.ts";
import type { TensorInput } from "../losses/function.ts";
import { oneTensor } from "../losses/inputs.ts";
import { dimension } from "../ops/dimensions.ts";
import { divideNoNan } from "../ops/division.ts";
import { asDType, asResult } from "../ops/operands.ts";
import { sum } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import { kerasMetric, Metric, type MetricClassOptions, metricFields, type UpdateOptions } from "./metric.ts";
import { samplewise } from "./samplewise.ts";

/** The fields of a metric that is called so by default. */
export function namedFields<const Name extends string>(name: Name) {
  return { ...metricFields, name: optional(nullable(aString), name) };
}

/** A metric of tensors with weights. */
export abstract class WeightedMetric extends Metric {
  /** A tensor among what was given. */
  protected tensor(input: TensorInput, what: string): Numeric {
    return oneTensor(input, null, this.place, what);
  }

  /** Truths and predictions of an update, as `dtype`; null keeps their own. */
  protected pair(
    yTrue: TensorInput,
    yPred: TensorInput,
    dtype: DType | null = null,
  ): [truth: Numeric, given: Numeric] {
    return [oneTensor(yTrue, dtype, this.place, "yTrue"), oneTensor(yPred, dtype, this.place, "yPred")];
  }

  /** The weights among the options; null where there are none. */
  protected weightsIn(options: UpdateOptions, dtype = this.dtype): Numeric | null {
    checkOptions(this.place, options, { sample_weight: true });
    const { sample_weight: weights = null } = options;
    return weights === null ? null : oneTensor(weights, dtype, this.place, "sample_weight");
  }
}

/** What sums up values. */
export abstract class Summing extends WeightedMetric {
  static readonly isBase = true;
  /** The sum so far. */
  readonly total = this.addVariable({ name: "total", dtype: this.dtype });

  override update(values: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options);
    const [each] = samplewise(this.tensor(values, "values"), weights, "sum", this.dtype);
    this.increase(this.total, sum(each));
  }

  override result(): Numeric {
    return asResult(this.total);
  }
}

/** What takes the mean of values. */
export abstract class Averaging extends WeightedMetric {
  static readonly isBase: boolean = true;
  /** The weighted sum so far. */
  readonly total = this.addVariable({ name: "total", dtype: this.dtype });
  /** How many samples there were, or the sum of their weights. */
  readonly count = this.addVariable({ name: "count", dtype: this.dtype });

  override result(): Numeric {
    return divideNoNan(this.total, this.count);
  }

  /** Takes in values, a weight for each sample. */
  protected gather(values: Numeric, weights: Numeric | null): void {
    const { dtype } = this;
    const [each, own] = samplewise(values, weights, "mean", dtype);
    this.increase(this.total, sum(each));
    const count = each.shape.length > 0 ? dimension(each, 0) : 1;
    this.increase(this.count, own ? sum(own) : asDType(count, dtype));
  }
}

/**
 * The sum of all values.
 *
 * @example
 * const metric = new Sum();
 * metric.updateState(tensor([1, 3, 5, 7]));
 * const total = metric.result().toArray(); // 16
 */
export class Sum extends kerasMetric("Sum", Summing, namedFields("sum"))<MetricClassOptions> {}

/**
 * The mean of all values, each as often as its weight says.
 *
 * @example
 * const metric = new Mean();
 * metric.updateState(tensor([1, 3, 5, 7]), { sample_weight: tensor([1, 1, 0, 0]) });
 * const mean = metric.result().toArray(); // 2
 */
export class Mean extends kerasMetric("Mean", Averaging, namedFields("mean"))<MetricClassOptions> {
  override update(values: TensorInput, options: UpdateOptions = {}): void {
    this.gather(this.tensor(values, "values"), this.weightsIn(options));
  }
}
