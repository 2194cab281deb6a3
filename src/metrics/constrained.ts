import type { OptionsOf } from "../fields/field.ts";
import { anInteger, nullable, optional, required } from "../fields/kinds.ts";
import type { TensorInput } from "../losses/function.ts";
import { choose } from "../ops/choose.ts";
import { greaterEqual } from "../ops/comparison.ts";
import { asDType } from "../ops/operands.ts";
import { max } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import { confusionOf } from "./confusion.ts";
import { ConfusionTable } from "./confusion-table.ts";
import { kerasMetric, type MetricClassOptions, metricFields, type UpdateOptions } from "./metric.ts";
import { aThreshold, evenThresholds, thresholdCount } from "./thresholds.ts";

const baseFields = {
  ...metricFields,
  /** Only this class counts. Defaults to null: all. */
  class_id: optional(nullable(anInteger), null),
  /** How many thresholds are tried, from 0 to 1. Defaults to 200. */
  num_thresholds: optional(thresholdCount(1), 200),
};

/** What is best among the thresholds at which something else is good enough. */
abstract class Constrained extends ConfusionTable {
  static readonly isBase = true;

  declare readonly class_id: number | null;
  declare readonly num_thresholds: number;
  #limits: readonly number[] | null = null;

  constructor(options?: object) {
    super(options);
    this.makeTable([this.num_thresholds]);
  }

  /** The thresholds that are tried. */
  get limits(): readonly number[] {
    this.#limits ??= evenThresholds(this.num_thresholds);
    return this.#limits;
  }

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options, "float32");
    const [truth, given] = this.pair(yTrue, yPred);
    this.gather(confusionOf(truth, given, { thresholds: this.limits, weights, classId: this.class_id }));
  }

  /** The largest value where another is at least `least`; 0 where it never is. */
  protected best(value: Numeric, other: Numeric, least: number): Numeric {
    return max(choose(greaterEqual(other, least), value, asDType(0, value.dtype)), { initial: 0 });
  }
}

const specificityFields = {
  ...baseFields,
  /** The least share of truths 0 that are taken for 0, from 0 to 1. */
  specificity: required(aThreshold),
};

/** What {@link SensitivityAtSpecificity} takes. */
export interface SensitivityAtSpecificityOptions
  extends MetricClassOptions,
    OptionsOf<typeof specificityFields> {}

/**
 * The best sensitivity at a threshold at which the specificity is large enough.
 *
 * @example
 * const metric = new SensitivityAtSpecificity({ specificity: 0.5 });
 * metric.updateState(tensor([0, 0, 0, 1, 1]), tensor([0, 0.3, 0.8, 0.3, 0.8]));
 */
export class SensitivityAtSpecificity extends kerasMetric(
  "SensitivityAtSpecificity",
  Constrained,
  specificityFields,
)<SensitivityAtSpecificityOptions> {
  override result() {
    return this.best(this.found, this.spared, this.specificity);
  }
}

const sensitivityFields = {
  ...baseFields,
  /** The least share of truths 1 that are found, from 0 to 1. */
  sensitivity: required(aThreshold),
};

/** What {@link SpecificityAtSensitivity} takes. */
export interface SpecificityAtSensitivityOptions
  extends MetricClassOptions,
    OptionsOf<typeof sensitivityFields> {}

/** The best specificity at a threshold at which the sensitivity is large enough. */
export class SpecificityAtSensitivity extends kerasMetric(
  "SpecificityAtSensitivity",
  Constrained,
  sensitivityFields,
)<SpecificityAtSensitivityOptions> {
  override result() {
    return this.best(this.spared, this.found, this.sensitivity);
  }
}

const recallFields = {
  ...baseFields,
  /** The least share of truths 1 that are found, from 0 to 1. */
  recall: required(aThreshold),
};

/** What {@link PrecisionAtRecall} takes. */
export interface PrecisionAtRecallOptions extends MetricClassOptions, OptionsOf<typeof recallFields> {}

/** The best precision at a threshold at which the recall is large enough. */
export class PrecisionAtRecall extends kerasMetric(
  "PrecisionAtRecall",
  Constrained,
  recallFields,
)<PrecisionAtRecallOptions> {
  override result() {
    return this.best(this.right, this.found, this.recall);
  }
}

const precisionFields = {
  ...baseFields,
  /** The least share of what is taken for 1 that is right, from 0 to 1. */
  precision: required(aThreshold),
};

/** What {@link RecallAtPrecision} takes. */
export interface RecallAtPrecisionOptions extends MetricClassOptions, OptionsOf<typeof precisionFields> {}

/** The best recall at a threshold at which the precision is large enough. */
export class RecallAtPrecision extends kerasMetric(
  "RecallAtPrecision",
  Constrained,
  precisionFields,
)<RecallAtPrecisionOptions> {
  override result() {
    return this.best(this.found, this.right, this.precision);
  }
}
