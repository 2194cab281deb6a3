import type { OptionsOf } from "../fields/field.ts";
import { anInteger, nullable, optional } from "../fields/kinds.ts";
import { positiveInt } from "../fields/shorthands.ts";
import type { TensorInput } from "../losses/function.ts";
import { add } from "../ops/arithmetic.ts";
import { dimension, reshapeTo } from "../ops/dimensions.ts";
import { divideNoNan } from "../ops/division.ts";
import { asResult } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { type Confusion, confusionOf, LOWEST } from "./confusion.ts";
import { kerasMetric, type MetricClassOptions, metricFields, type UpdateOptions } from "./metric.ts";
import { WeightedMetric } from "./reductions.ts";
import { someThresholds } from "./thresholds.ts";

const countFields = {
  ...metricFields,
  /** Above it a prediction means 1: a number from 0 to 1, or several of them. Defaults to null: 0.5. */
  thresholds: optional(nullable(someThresholds), null),
};

/** One number where there is one threshold, else one for each. */
function perThreshold(values: Numeric): Numeric {
  return dimension(values, 0) === 1 ? reshapeTo(values, []) : values;
}

function listOfThresholds(given: number | readonly number[] | null, byDefault = 0.5): readonly number[] {
  return given === null ? [byDefault] : typeof given === "number" ? [given] : given;
}

/** What counts predictions of one kind for each threshold. */
abstract class Counter extends WeightedMetric {
  static readonly isBase = true;

  declare readonly thresholds: number | readonly number[] | null;
  /** The thresholds as a list. */
  readonly limits: readonly number[];
  /** How many there were so far, for each threshold. */
  readonly accumulator: Variable;

  constructor(options?: object) {
    super(options);
    this.limits = listOfThresholds(this.thresholds);
    this.accumulator = this.addVariable({ name: "accumulator", shape: [this.limits.length] });
  }

  protected abstract of(confusion: Confusion): Numeric;

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options, "float32");
    const [truth, given] = this.pair(yTrue, yPred);
    const confusion = confusionOf(truth, given, { thresholds: this.limits, weights });
    this.increase(this.accumulator, this.of(confusion));
  }

  override result(): Numeric {
    return perThreshold(asResult(this.accumulator));
  }
}

/** What the counts take. */
export interface CountOptions extends OptionsOf<typeof countFields> {}

/**
 * How often a prediction was above the threshold and the truth 0. Source: Keras 3.6 `metrics/confusion_metrics.py`, as
 * all metrics of thresholds.
 */
export class FalsePositives extends kerasMetric("FalsePositives", Counter, countFields)<CountOptions> {
  protected override of({ falsePositives }: Confusion) {
    return falsePositives;
  }
}

/** How often a prediction was not above the threshold and the truth 1. */
export class FalseNegatives extends kerasMetric("FalseNegatives", Counter, countFields)<CountOptions> {
  protected override of({ falseNegatives }: Confusion) {
    return falseNegatives;
  }
}

/** How often a prediction was not above the threshold and the truth 0. */
export class TrueNegatives extends kerasMetric("TrueNegatives", Counter, countFields)<CountOptions> {
  protected override of({ trueNegatives }: Confusion) {
    return trueNegatives;
  }
}

/** How often a prediction was above the threshold and the truth 1. */
export class TruePositives extends kerasMetric("TruePositives", Counter, countFields)<CountOptions> {
  protected override of({ truePositives }: Confusion) {
    return truePositives;
  }
}

const shareFields = {
  ...countFields,
  /** Only the so many best predictions of a sample mean 1. Defaults to null: all above the threshold. */
  top_k: positiveInt(null),
  /** Only this class counts. Defaults to null: all. */
  class_id: optional(nullable(anInteger), null),
};

/** Which share of some counts the true positives are, for each threshold. */
abstract class Share extends WeightedMetric {
  static readonly isBase = true;

  declare readonly thresholds: number | readonly number[] | null;
  declare readonly top_k: number | null;
  declare readonly class_id: number | null;
  /** The thresholds as a list. */
  readonly limits: readonly number[];
  /** How often a prediction was above the threshold and the truth 1. */
  readonly truePositives: Variable;
  /** The other part of the whole. */
  protected abstract readonly others: Variable;

  constructor(options?: object) {
    super(options);
    this.limits = listOfThresholds(this.thresholds, this.top_k === null ? 0.5 : LOWEST);
    this.truePositives = this.addVariable({ name: "true_positives", shape: [this.limits.length] });
  }

  protected abstract othersOf(confusion: Confusion): Numeric;

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options, "float32");
    const [truth, given] = this.pair(yTrue, yPred);
    const { limits: thresholds, top_k: topK, class_id: classId } = this;
    const confusion = confusionOf(truth, given, { thresholds, weights, topK, classId });
    this.increase(this.truePositives, confusion.truePositives);
    this.increase(this.others, this.othersOf(confusion));
  }

  override result(): Numeric {
    const whole = add(this.truePositives, this.others);
    return perThreshold(divideNoNan(this.truePositives, whole));
  }
}

/** What {@link Precision} and {@link Recall} take. */
export interface ShareOptions extends MetricClassOptions, OptionsOf<typeof shareFields> {}

/**
 * Which share of the predictions that are above the threshold are right.
 *
 * @example
 * const metric = new Precision({ thresholds: [0.3, 0.7] });
 * metric.updateState(tensor([0, 1, 1]), tensor([0.4, 0.5, 0.8]));
 */
export class Precision extends kerasMetric("Precision", Share, shareFields)<ShareOptions> {
  protected readonly others = this.addVariable({ name: "false_positives", shape: [this.limits.length] });

  protected override othersOf({ falsePositives }: Confusion) {
    return falsePositives;
  }
}

/** Which share of the truths that are 1 are predicted above the threshold. */
export class Recall extends kerasMetric("Recall", Share, shareFields)<ShareOptions> {
  protected readonly others = this.addVariable({ name: "false_negatives", shape: [this.limits.length] });

  protected override othersOf({ falseNegatives }: Confusion) {
    return falseNegatives;
  }
}
