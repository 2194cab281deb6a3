import { float as aFloat, int } from "../../fields/shorthands.ts";
import { softplus } from "../../ops/activation.ts";
import { add, divide, maximum, multiply, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { lessEqual, where } from "../../ops/comparison.ts";
import { absolute, negative, square } from "../../ops/elementwise.ts";
import { float } from "../../ops/float.ts";
import { log } from "../../ops/float-functions.ts";
import { normalize } from "../../ops/normalization.ts";
import { asDType } from "../../ops/operands.ts";
import { mean, sum } from "../../ops/reduction.ts";
import type { Numeric } from "../../program/emit.ts";
import { lossFunction } from "../function.ts";
import { sameRank } from "../same-rank.ts";

const EPSILON = 1e-7;

function meanOf(values: Numeric): Numeric {
  return mean(values, { axis: -1 });
}

function errors(yTrue: Numeric, yPred: Numeric): Numeric {
  const [truth, given] = sameRank(yTrue, yPred);
  return subtract(given, truth);
}

/** The mean of the squares of the errors, over the last axis: `(…, n)` and `(…, n)` give `(…)`. */
export const meanSquaredError = /* @__PURE__ */ lossFunction("mean_squared_error", (yTrue, yPred) =>
  meanOf(square(errors(yTrue, yPred))),
);

/** The mean of the sizes of the errors, over the last axis. */
export const meanAbsoluteError = /* @__PURE__ */ lossFunction("mean_absolute_error", (yTrue, yPred) =>
  meanOf(absolute(errors(yTrue, yPred))),
);

/** The mean of the errors in percent of the truths, over the last axis; truths nearer to 0 than 1e-7 count as that. */
export const meanAbsolutePercentageError = /* @__PURE__ */ lossFunction(
  "mean_absolute_percentage_error",
  (yTrue, yPred) => {
    const [truth, given] = sameRank(yTrue, yPred);
    const least = asDType(EPSILON, given.dtype);
    const share = divide(subtract(truth, given), maximum(absolute(truth), least));
    return multiply(100, meanOf(absolute(share)));
  },
);

/** The mean square difference of `log(x + 1)`, over the last axis; what is below 1e-7 counts as that. */
export const meanSquaredLogarithmicError = /* @__PURE__ */ lossFunction(
  "mean_squared_logarithmic_error",
  (yTrue, yPred) => {
    const [truth, given] = sameRank(yTrue, yPred);
    const logOf = (x: Numeric) => log(add(maximum(x, EPSILON), 1));
    return meanOf(square(subtract(logOf(given), logOf(truth))));
  },
);

/** The mean of `log(cosh(error))`, over the last axis: a square for small errors, a line for large ones. */
export const logCosh = /* @__PURE__ */ lossFunction("log_cosh", (yTrue, yPred) => {
  const error = errors(yTrue, yPred);
  return meanOf(subtract(add(error, softplus(multiply(error, float(-2)))), asDType(Math.LN2, error.dtype)));
});

export const huberFields = {
  /** The size of an error from which on it counts along a line. Defaults to 1. */
  delta: aFloat(1),
};

/** The mean over the last axis of half the square of errors up to `delta`, and of a line for larger ones. */
export const huber = /* @__PURE__ */ lossFunction(
  "huber",
  (yTrue, yPred, { delta }) => {
    const error = errors(yTrue, yPred);
    const size = absolute(error);
    const [most, half] = [asDType(delta, error.dtype), asDType(0.5, error.dtype)];
    const line = subtract(multiply(most, size), multiply(half, square(most)));
    return meanOf(where(lessEqual(size, most), multiply(half, square(error)), line));
  },
  huberFields,
);

export const cosineFields = {
  /** The axis of the vectors. Defaults to -1. */
  axis: int(-1),
};

/** How alike the directions of vectors are, negated: -1 for the same, 1 for opposite ones, 0 where one is zero. */
export const cosineSimilarity = /* @__PURE__ */ lossFunction(
  "cosine_similarity",
  (yTrue, yPred, { axis }) => negative(cosines(yTrue, yPred, axis)),
  cosineFields,
);

/** The cosines of the angles between vectors along an axis. */
export function cosines(yTrue: Numeric, yPred: Numeric, axis: number): Numeric {
  const [truth, given] = sameRank(yTrue, yPred);
  return sum(multiply(normalize(truth, { axis }), normalize(given, { axis })), { axis });
}

/** How far predicted distributions are from the true ones: the sum of `truth · log(truth / prediction)`, from 1e-7 to 1. */
export const klDivergence = /* @__PURE__ */ lossFunction("kl_divergence", (yTrue, yPred) => {
  const [truth, given] = [yTrue, yPred].map((x) => clip(x, { x_min: EPSILON, x_max: 1 })) as [
    Numeric,
    Numeric,
  ];
  return sum(multiply(truth, log(divide(truth, given))), { axis: -1 });
});

/** The mean of `prediction − truth · log(prediction)`, over the last axis: for counts. */
export const poisson = /* @__PURE__ */ lossFunction("poisson", (yTrue, yPred) =>
  meanOf(subtract(yPred, multiply(yTrue, log(add(yPred, asDType(EPSILON, yPred.dtype)))))),
);
