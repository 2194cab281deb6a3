import type { OptionsOf } from "../fields/field.ts";
import type { TensorInput } from "../losses/function.ts";
import {
  cosineFields,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
} from "../losses/functions/regression.ts";
import { sameRank } from "../losses/same-rank.ts";
import { subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import type { Numeric } from "../program/emit.ts";
import { functionMetric } from "./function-metric.ts";
import { concordanceCorrelation, cosineSimilarity, pearsonCorrelation } from "./functions/correlation.ts";
import { kerasMetric, type MetricClassOptions, type UpdateOptions } from "./metric.ts";
import { Averaging, namedFields } from "./reductions.ts";

/**
 * The mean of the squares of the errors. Source: Keras 3.6 `metrics/regression_metrics.py`, as all errors here.
 *
 * @example
 * import { MeanSquaredError } from "ceratops/metrics";
 *
 * const metric = new MeanSquaredError();
 * metric.updateState(tensor([[0, 1], [0, 0]]), tensor([[1, 1], [0, 0]]));
 */
export class MeanSquaredError extends functionMetric(
  "MeanSquaredError",
  meanSquaredError,
)<MetricClassOptions> {}

/** The mean of the sizes of the errors. */
export class MeanAbsoluteError extends functionMetric(
  "MeanAbsoluteError",
  meanAbsoluteError,
)<MetricClassOptions> {}

/** The mean of the errors in percent of the truths. */
export class MeanAbsolutePercentageError extends functionMetric(
  "MeanAbsolutePercentageError",
  meanAbsolutePercentageError,
)<MetricClassOptions> {}

/** The mean square difference of `log(x + 1)`. */
export class MeanSquaredLogarithmicError extends functionMetric(
  "MeanSquaredLogarithmicError",
  meanSquaredLogarithmicError,
)<MetricClassOptions> {}

/** The mean of `log(cosh(error))`. */
export class LogCoshError extends functionMetric("LogCoshError", logCosh, undefined, {
  name: "logcosh",
})<MetricClassOptions> {}

/** The square root of the mean of the squares of the errors. */
export class RootMeanSquaredError extends kerasMetric(
  "RootMeanSquaredError",
  Averaging,
  namedFields("root_mean_squared_error"),
)<MetricClassOptions> {
  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options);
    const [known, predicted] = this.pair(yTrue, yPred, this.dtype);
    const [truth, given] = sameRank(known, predicted);
    this.gather(square(subtract(given, truth)), weights);
  }

  override result(): Numeric {
    return sqrt(super.result());
  }
}

/** What the similarities take. */
export interface SimilarityOptions extends MetricClassOptions, OptionsOf<typeof cosineFields> {}

/** The mean cosine of the angle between truth and prediction: 1 for the same direction. Keras's config does not say `axis`. */
export class CosineSimilarity extends functionMetric("CosineSimilarity", cosineSimilarity, cosineFields, {
  unsaid: ["axis"],
})<SimilarityOptions> {}

/** How far two series along an axis go together, from -1 to 1. Came with Keras 3.7. */
export class PearsonCorrelation extends functionMetric(
  "PearsonCorrelation",
  pearsonCorrelation,
  cosineFields,
)<SimilarityOptions> {}

/** The same, and less where means and spreads differ. Came with Keras 3.7. */
export class ConcordanceCorrelation extends functionMetric(
  "ConcordanceCorrelation",
  concordanceCorrelation,
  cosineFields,
)<SimilarityOptions> {}
