import { lossFunction } from "../../losses/function.ts";
import { cosineFields, cosines } from "../../losses/functions/regression.ts";
import { sameRank } from "../../losses/same-rank.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { square } from "../../ops/elementwise.ts";
import { mean } from "../../ops/reduction.ts";
import { std, variance } from "../../ops/variance.ts";
import type { Numeric } from "../../program/emit.ts";

const EPSILON = 1e-7;

/** How alike the directions of vectors are: 1 for the same, -1 for opposite ones. The loss of this name is its negative. */
export const cosineSimilarity = /* @__PURE__ */ lossFunction(
  "cosine_similarity",
  (yTrue, yPred, { axis }) => cosines(yTrue, yPred, axis),
  cosineFields,
);

/** How far two series along an axis go together, from -1 to 1. Source: Keras 3.7 `metrics/correlation_metrics.py`. */
export const pearsonCorrelation = /* @__PURE__ */ lossFunction(
  "pearson_correlation",
  (yTrue, yPred, { axis }) => {
    const [truth, given] = sameRank(yTrue, yPred);
    const scaled = (x: Numeric) => {
      const centered = centeredOf(x, axis);
      return divide(centered, std(centered, { axis, keepdims: true }));
    };
    return mean(multiply(scaled(truth), scaled(given)), { axis });
  },
  cosineFields,
);

/** The same, and less where means and spreads differ; as Keras computes it, with both around the mean of predictions. */
export const concordanceCorrelation = /* @__PURE__ */ lossFunction(
  "concordance_correlation",
  (yTrue, yPred, { axis }) => {
    const [truth, given] = sameRank(yTrue, yPred);
    const [center, own] = [truth, given].map((x) => mean(x, { axis, keepdims: true })) as [Numeric, Numeric];
    const spread = (x: Numeric) => variance(centeredOf(x, axis), { axis, keepdims: true });
    const together = multiply(subtract(truth, own), subtract(given, own));
    const norm = add(add(spread(truth), spread(given)), square(subtract(center, own)));
    return mean(divide(multiply(2, together), add(norm, EPSILON)), { axis });
  },
  cosineFields,
);

function centeredOf(x: Numeric, axis: number): Numeric {
  return subtract(x, mean(x, { axis, keepdims: true }));
}
