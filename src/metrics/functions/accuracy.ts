import { bool, number, positiveInt } from "../../fields/shorthands.ts";
import { lossFunction, type TruthFunction, truthFunction } from "../../losses/function.ts";
import { narrowed, sameRank } from "../../losses/same-rank.ts";
import { equal, greater } from "../../ops/comparison.ts";
import { dimension, dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import { any } from "../../ops/reduction.ts";
import { inTopK } from "../../ops/scatter.ts";
import { argmax } from "../../ops/searching.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";

function asNumber(matches: Numeric): Numeric {
  return asDType(matches, "float32");
}

/** 1 where truth and prediction are equal, else 0. */
export const accuracy = /* @__PURE__ */ lossFunction("accuracy", (yTrue, yPred) => {
  const [truth, given] = sameRank(yTrue, yPred);
  return asNumber(equal(truth, given));
});

export const binaryFields = {
  /** Above it a prediction means 1. Defaults to 0.5. */
  threshold: number(0.5),
};

/** 1 where the truth, 0 or 1, says whether the prediction is above a threshold, else 0. */
export const binaryAccuracy = /* @__PURE__ */ truthFunction(
  "binary_accuracy",
  (yTrue, yPred, { threshold }) => {
    const [truth, given] = sameRank(yTrue, yPred);
    return asNumber(equal(truth, asDType(greater(given, threshold), truth.dtype)));
  },
  binaryFields,
);

/** 1 where the true class is the likeliest one, else 0; truths are probabilities along the last axis. */
export const categoricalAccuracy = /* @__PURE__ */ truthFunction("categorical_accuracy", (yTrue, yPred) =>
  matchesOf(argmax(yTrue, { axis: -1 }), yPred),
);

/** 1 where the true class is the likeliest one, else 0; truths are numbers from 0, `(…)` or `(…, 1)`. */
export const sparseCategoricalAccuracy = /* @__PURE__ */ lossFunction(
  "sparse_categorical_accuracy",
  (yTrue, yPred) => {
    const matches = matchesOf(yTrue, yPred);
    return matches.shape.length > 1 && matches.shape.at(-1) === 1 ? narrowed(matches) : matches;
  },
);

/** Whether classes are the likeliest ones, in the shape of the classes. */
function matchesOf(classes: Numeric, yPred: Numeric): Numeric {
  const isWide = classes.shape.length === yPred.shape.length && classes.shape.at(-1) === 1;
  const labels = isWide ? narrowed(classes) : classes;
  const matches = asNumber(equal(labels, asDType(argmax(yPred, { axis: -1 }), labels.dtype)));
  return isWide ? reshapeTo(matches, dimensions(classes)) : matches;
}

export const topKFields = {
  /** How many of the likeliest classes count. Defaults to 5. */
  k: positiveInt(5),
};

/** 1 where the true class is among the `k` likeliest, else 0; truths are probabilities along the last axis. */
export const topKCategoricalAccuracy = /* @__PURE__ */ truthFunction(
  "top_k_categorical_accuracy",
  (yTrue, yPred, { k }) =>
    bestOf(argmax(yTrue, { axis: -1 }), yPred, (labels, scores) => inTopK(labels, scores, { k })),
  topKFields,
);

export const sparseTopKFields = {
  ...topKFields,
  /** Whether predictions are classes already, the likeliest first. Defaults to false. */
  from_sorted_ids: bool(false, { since: "3.7", omitIfDefault: true }),
};

/** 1 where the true class, a number from 0, is among the `k` likeliest, else 0. */
export const sparseTopKCategoricalAccuracy: TruthFunction<typeof sparseTopKFields> =
  /* @__PURE__ */ truthFunction(
    "sparse_top_k_categorical_accuracy",
    (yTrue, yPred, { k, from_sorted_ids }) => {
      if (!from_sorted_ids)
        return bestOf(asDType(yTrue, "int32"), yPred, (labels, scores) => inTopK(labels, scores, { k }));
      return bestOf(asDType(yTrue, yPred.dtype), yPred, (labels, ids) => {
        const own = reshapeTo(labels, [dimension(labels, 0), 1]);
        return any(equal(own, sliceAxis(ids, 1, 0, k)), { axis: 1 });
      });
    },
    sparseTopKFields,
  );

/** Whether classes are among the best of rows of predictions, in the shape of the classes. */
function bestOf(
  classes: Numeric,
  yPred: Numeric,
  isIn: (labels: Numeric, rows: Numeric) => Numeric,
): Numeric {
  const rows = yPred.shape.length > 2 ? reshapeTo(yPred, [-1, dimension(yPred, -1)]) : yPred;
  if (classes.shape.length <= 1) return asNumber(isIn(classes, rows));
  return reshapeTo(asNumber(isIn(reshapeTo(classes, [-1]), rows)), dimensions(classes));
}
