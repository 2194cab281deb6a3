import type { OptionsOf } from "../fields/field.ts";
import { functionLoss } from "./function-loss.ts";
import {
  cosineFields,
  cosineSimilarity,
  huber,
  huberFields,
  klDivergence,
  logCosh,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanSquaredError,
  meanSquaredLogarithmicError,
  poisson,
} from "./functions/regression.ts";
import type { LossClassOptions } from "./loss.ts";

/**
 * The mean of the squares of the errors. Source: Keras 3.6 `losses/losses.py`, as all losses here.
 *
 * @example
 * const loss = new MeanSquaredError().apply(tensor([[0, 1], [0, 0]]), tensor([[1, 1], [1, 0]])).toArray(); // 0.5
 */
export class MeanSquaredError extends functionLoss("MeanSquaredError", meanSquaredError)<LossClassOptions> {}

/** The mean of the sizes of the errors. */
export class MeanAbsoluteError extends functionLoss(
  "MeanAbsoluteError",
  meanAbsoluteError,
)<LossClassOptions> {}

/** The mean of the errors in percent of the truths; truths nearer to 0 than 1e-7 count as that. */
export class MeanAbsolutePercentageError extends functionLoss(
  "MeanAbsolutePercentageError",
  meanAbsolutePercentageError,
)<LossClassOptions> {}

/** The mean square difference of `log(x + 1)`. */
export class MeanSquaredLogarithmicError extends functionLoss(
  "MeanSquaredLogarithmicError",
  meanSquaredLogarithmicError,
)<LossClassOptions> {}

/** The mean of `log(cosh(error))`: a square for small errors, a line for large ones. */
export class LogCosh extends functionLoss("LogCosh", logCosh)<LossClassOptions> {}

/** What {@link Huber} takes. */
export interface HuberOptions extends LossClassOptions, OptionsOf<typeof huberFields> {}

/** Half the square of errors up to `delta`, a line for larger ones. Keras's config does not say `delta`. */
export class Huber extends functionLoss("Huber", huber, huberFields, {
  name: "huber_loss",
  unsaid: ["delta"],
})<HuberOptions> {}

/** What {@link CosineSimilarity} takes. */
export interface CosineSimilarityOptions extends LossClassOptions, OptionsOf<typeof cosineFields> {}

/** How alike the directions of vectors are, negated: -1 for the same. Keras's config does not say `axis`. */
export class CosineSimilarity extends functionLoss("CosineSimilarity", cosineSimilarity, cosineFields, {
  unsaid: ["axis"],
})<CosineSimilarityOptions> {}

/** How far predicted distributions are from the true ones. */
export class KLDivergence extends functionLoss("KLDivergence", klDivergence)<LossClassOptions> {}

/** `prediction − truth · log(prediction)`, for counts. */
export class Poisson extends functionLoss("Poisson", poisson)<LossClassOptions> {}
