import type { OptionsOf } from "../fields/field.ts";
import { functionMetric } from "./function-metric.ts";
import {
  accuracy,
  binaryAccuracy,
  binaryFields,
  categoricalAccuracy,
  sparseCategoricalAccuracy,
  sparseTopKCategoricalAccuracy,
  sparseTopKFields,
  topKCategoricalAccuracy,
  topKFields,
} from "./functions/accuracy.ts";
import type { MetricClassOptions } from "./metric.ts";

/** How often predictions are equal to the truth. Source: Keras 3.6 `metrics/accuracy_metrics.py`, as all accuracies. */
export class Accuracy extends functionMetric("Accuracy", accuracy)<MetricClassOptions> {}

/** What {@link BinaryAccuracy} takes. */
export interface BinaryAccuracyOptions extends MetricClassOptions, OptionsOf<typeof binaryFields> {}

/**
 * How often truths, 0 or 1, say whether a prediction is above a threshold.
 *
 * @example
 * const metric = new BinaryAccuracy({ threshold: 0.4 });
 * metric.updateState(tensor([[1], [0]]), tensor([[0.5], [0.6]]));
 */
export class BinaryAccuracy extends functionMetric(
  "BinaryAccuracy",
  binaryAccuracy,
  binaryFields,
)<BinaryAccuracyOptions> {}

/** How often the true class is the likeliest one; truths are probabilities along the last axis. */
export class CategoricalAccuracy extends functionMetric(
  "CategoricalAccuracy",
  categoricalAccuracy,
)<MetricClassOptions> {}

/** How often the true class is the likeliest one; truths are numbers from 0. */
export class SparseCategoricalAccuracy extends functionMetric(
  "SparseCategoricalAccuracy",
  sparseCategoricalAccuracy,
)<MetricClassOptions> {}

/** What {@link TopKCategoricalAccuracy} takes. */
export interface TopKCategoricalAccuracyOptions extends MetricClassOptions, OptionsOf<typeof topKFields> {}

/** How often the true class is among the `k` likeliest; truths are probabilities along the last axis. */
export class TopKCategoricalAccuracy extends functionMetric(
  "TopKCategoricalAccuracy",
  topKCategoricalAccuracy,
  topKFields,
)<TopKCategoricalAccuracyOptions> {}

/** What {@link SparseTopKCategoricalAccuracy} takes. */
export interface SparseTopKCategoricalAccuracyOptions
  extends MetricClassOptions,
    OptionsOf<typeof sparseTopKFields> {}

/** How often the true class is among the `k` likeliest; truths are numbers from 0. */
export class SparseTopKCategoricalAccuracy extends functionMetric(
  "SparseTopKCategoricalAccuracy",
  sparseTopKCategoricalAccuracy,
  sparseTopKFields,
)<SparseTopKCategoricalAccuracyOptions> {}
