import type { OptionsOf } from "../fields/field.ts";
import { anInteger, nullable, optional } from "../fields/kinds.ts";
import { bool, int, number } from "../fields/shorthands.ts";
import {
  binaryCrossentropy,
  categoricalCrossentropy,
  sparseCategoricalCrossentropy,
} from "../losses/functions/crossentropy.ts";
import { categoricalHinge, hinge, squaredHinge } from "../losses/functions/hinge.ts";
import { klDivergence, poisson } from "../losses/functions/regression.ts";
import { functionMetric } from "./function-metric.ts";
import type { MetricClassOptions } from "./metric.ts";

const binaryFields = {
  /** Whether the predictions are from before a sigmoid. Defaults to false. */
  from_logits: bool(false),
  /** How far truths are drawn to the middle, from 0 to 1. Defaults to 0. */
  label_smoothing: number(0),
};

/** What {@link BinaryCrossentropy} takes. */
export interface BinaryCrossentropyOptions extends MetricClassOptions, OptionsOf<typeof binaryFields> {}

/**
 * How unlikely truths, 0 or 1, are by the probabilities predicted. Source: Keras 3.6 `metrics/probabilistic_metrics.py`,
 * as all here.
 *
 * @example
 * import { BinaryCrossentropy } from "ceratops/metrics";
 *
 * const metric = new BinaryCrossentropy({ from_logits: true });
 * metric.updateState(tensor([[0], [1]]), tensor([[-2], [3]]));
 */
export class BinaryCrossentropy extends functionMetric(
  "BinaryCrossentropy",
  binaryCrossentropy,
  binaryFields,
)<BinaryCrossentropyOptions> {}

const categoricalFields = {
  ...binaryFields,
  /** The axis of the classes. Defaults to -1. */
  axis: int(-1),
};

/** What {@link CategoricalCrossentropy} takes. */
export interface CategoricalCrossentropyOptions
  extends MetricClassOptions,
    OptionsOf<typeof categoricalFields> {}

/** How unlikely the true classes, as probabilities along an axis, are by those predicted. */
export class CategoricalCrossentropy extends functionMetric(
  "CategoricalCrossentropy",
  categoricalCrossentropy,
  categoricalFields,
)<CategoricalCrossentropyOptions> {}

const sparseFields = {
  /** Whether the predictions are from before a softmax. Defaults to false. */
  from_logits: bool(false),
  /** A class that counts as nothing, such as -1 or 255. Came with Keras 3.14. Defaults to none. */
  ignore_class: optional(nullable(anInteger), null, { since: "3.14" }),
  /** The axis of the classes. Defaults to -1. */
  axis: int(-1),
};

/** What {@link SparseCategoricalCrossentropy} takes. */
export interface SparseCategoricalCrossentropyOptions
  extends MetricClassOptions,
    OptionsOf<typeof sparseFields> {}

/** How unlikely the true classes, as numbers from 0, are by the probabilities predicted. */
export class SparseCategoricalCrossentropy extends functionMetric(
  "SparseCategoricalCrossentropy",
  sparseCategoricalCrossentropy,
  sparseFields,
)<SparseCategoricalCrossentropyOptions> {}

/** How far predicted distributions are from the true ones. */
export class KLDivergence extends functionMetric("KLDivergence", klDivergence)<MetricClassOptions> {}

/** `prediction − truth · log(prediction)`, for counts. */
export class Poisson extends functionMetric("Poisson", poisson)<MetricClassOptions> {}

/** The mean of `max(1 − truth · prediction, 0)`, with truths -1 and 1, or 0 and 1. */
export class Hinge extends functionMetric("Hinge", hinge)<MetricClassOptions> {}

/** The mean of the squares of `max(1 − truth · prediction, 0)`. */
export class SquaredHinge extends functionMetric("SquaredHinge", squaredHinge)<MetricClassOptions> {}

/** How far the best of the wrong classes is above the right one, and 1 more; at least 0. */
export class CategoricalHinge extends functionMetric(
  "CategoricalHinge",
  categoricalHinge,
)<MetricClassOptions> {}
