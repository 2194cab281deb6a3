import { anInteger, nullable, optional } from "../../fields/kinds.ts";
import { bool, float, int } from "../../fields/shorthands.ts";
import { setMask } from "../../graph/mask.ts";
import { sigmoid, softmax } from "../../ops/activation.ts";
import { add, divide, multiply, power, subtract } from "../../ops/arithmetic.ts";
import { axisOf } from "../../ops/axes.ts";
import { clip } from "../../ops/clipping.ts";
import { notEqual, where } from "../../ops/comparison.ts";
import * as ops from "../../ops/crossentropy.ts";
import { dimension, dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { negative } from "../../ops/elementwise.ts";
import { log } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { mean, sum } from "../../ops/reduction.ts";
import type { Numeric } from "../../program/emit.ts";
import { lossFunction, truthFunction } from "../function.ts";
import { narrowed } from "../same-rank.ts";

const EPSILON = 1e-7;

export const crossentropyFields = {
  /** Whether the predictions are from before a softmax or sigmoid. Defaults to false. */
  from_logits: bool(false),
  /** How far truths are drawn to the middle, from 0 to 1. Defaults to 0. */
  label_smoothing: float(0),
  /** The axis of the classes. Defaults to -1. */
  axis: int(-1),
};

/** How unlikely the truths, 0 or 1, are by the probabilities predicted; the mean over an axis. */
export const binaryCrossentropy = /* @__PURE__ */ lossFunction(
  "binary_crossentropy",
  (yTrue, yPred, { from_logits, label_smoothing, axis }) =>
    mean(ops.binaryCrossentropy(smoothed(yTrue, label_smoothing, 2), yPred, { from_logits }), { axis }),
  crossentropyFields,
);

/** How unlikely the true classes, as probabilities along an axis, are by those predicted. */
export const categoricalCrossentropy = /* @__PURE__ */ lossFunction(
  "categorical_crossentropy",
  (yTrue, yPred, { from_logits, label_smoothing, axis }) =>
    ops.categoricalCrossentropy(smoothedClasses(yTrue, label_smoothing), yPred, { from_logits, axis }),
  crossentropyFields,
);

export const sparseFields = {
  /** Whether the predictions are from before a softmax. Defaults to false. */
  from_logits: bool(false),
  /** A class that counts as nothing, such as -1 or 255. Defaults to none. */
  ignore_class: optional(nullable(anInteger), null),
  /** The axis of the classes. Defaults to -1. */
  axis: int(-1),
};

/** How unlikely the true classes, as numbers from 0, are by the probabilities predicted along an axis. */
export const sparseCategoricalCrossentropy = /* @__PURE__ */ truthFunction(
  "sparse_categorical_crossentropy",
  (yTrue, yPred, { from_logits, ignore_class, axis }) => {
    const isWide = yTrue.shape.length === yPred.shape.length && yTrue.shape.at(-1) === 1;
    const labels = isWide ? narrowed(yTrue) : yTrue;
    if (ignore_class === null) return ops.sparseCategoricalCrossentropy(labels, yPred, { from_logits, axis });
    const at = axisOf(axis, yPred.shape.length, "sparse_categorical_crossentropy");
    const counts = notEqual(labels, ignore_class);
    const places = reshapeTo(counts, dimensions(yPred).toSpliced(at, 1, 1));
    const losses = ops.sparseCategoricalCrossentropy(
      where(counts, labels, asDType(0, labels.dtype)),
      where(places, yPred, asDType(0, yPred.dtype)),
      { from_logits, axis },
    );
    const result = where(counts, losses, asDType(0, losses.dtype));
    setMask(result, counts);
    return result;
  },
  sparseFields,
);

export const categoricalFocalFields = {
  ...crossentropyFields,
  /** What the losses are multiplied by. Defaults to 0.25. */
  alpha: float(0.25),
  /** How much less what is predicted well counts. Defaults to 2. */
  gamma: float(2),
};

/** The crossentropy of classes in which those that are predicted well count less: times `alpha · (1 − p)^gamma`. */
export const categoricalFocalCrossentropy = /* @__PURE__ */ lossFunction(
  "categorical_focal_crossentropy",
  (yTrue, yPred, { from_logits, label_smoothing, axis, alpha, gamma }) => {
    const truth = smoothedClasses(yTrue, label_smoothing);
    const given = from_logits ? softmax(yPred, { axis }) : yPred;
    const shares = divide(given, sum(given, { axis, keepdims: true }));
    const p = clip(shares, { x_min: EPSILON, x_max: 1 - EPSILON });
    const losses = multiply(negative(truth), log(p));
    const factors = multiply(power(subtract(1, p), gamma), alpha);
    return sum(multiply(factors, losses), { axis });
  },
  categoricalFocalFields,
);

export const binaryFocalFields = {
  ...crossentropyFields,
  /** Whether the truths 1 count `alpha` and the truths 0 count `1 − alpha`. Defaults to false. */
  apply_class_balancing: bool(false),
  /** How much the truths 1 count where classes are balanced. Defaults to 0.25. */
  alpha: float(0.25),
  /** How much less what is predicted well counts. Defaults to 2. */
  gamma: float(2),
};

/** The binary crossentropy in which what is predicted well counts less: times `(1 − p)^gamma`; the mean over an axis. */
export const binaryFocalCrossentropy = /* @__PURE__ */ lossFunction(
  "binary_focal_crossentropy",
  (yTrue, yPred, { from_logits, label_smoothing, axis, apply_class_balancing, alpha, gamma }) => {
    const truth = smoothed(yTrue, label_smoothing, 2);
    const given = from_logits ? sigmoid(yPred) : yPred;
    const p = byTruth(truth, given, subtract(1, given));
    const losses = multiply(power(subtract(1, p), gamma), ops.binaryCrossentropy(truth, given));
    const weighted = apply_class_balancing ? multiply(byTruth(truth, alpha, 1 - alpha), losses) : losses;
    return mean(weighted, { axis });
  },
  binaryFocalFields,
);

/** Between two values, as much as something is true. */
function byTruth(truth: Numeric, yes: Numeric | number, no: Numeric | number): Numeric {
  return add(multiply(truth, yes), multiply(subtract(1, truth), no));
}

function smoothedClasses(truth: Numeric, smoothing: number): Numeric {
  return smoothing === 0 ? truth : smoothed(truth, smoothing, asDType(dimension(truth, -1), truth.dtype));
}

function smoothed(truth: Numeric, smoothing: number, classes: Numeric | number): Numeric {
  if (smoothing === 0) return truth;
  const share = typeof classes === "number" ? smoothing / classes : divide(smoothing, classes);
  return add(multiply(truth, 1 - smoothing), share);
}
