import { ModelError, ShapeError } from "../errors.ts";
import { narrowed, sameRank, widened } from "../losses/same-rank.ts";
import { add, maximum, multiply, subtract } from "../ops/arithmetic.ts";
import { clip } from "../ops/clipping.ts";
import { greater, greaterEqual, logicalAnd, where } from "../ops/comparison.ts";
import { arange } from "../ops/creation.ts";
import { broadcastTo, dimensions, reshapeTo } from "../ops/dimensions.ts";
import { ceil } from "../ops/float-functions.ts";
import { oneHot } from "../ops/indexing.ts";
import { asBool, asDType } from "../ops/operands.ts";
import { cumsum } from "../ops/order.ts";
import { sum } from "../ops/reduction.ts";
import { segmentSum } from "../ops/segments.ts";
import { sliceAxis } from "../ops/slice-axis.ts";
import { topK } from "../ops/top-k.ts";
import { flip } from "../ops/transposing.ts";
import { logicalNot } from "../ops/truths.ts";
import type { Numeric } from "../program/emit.ts";
import { fromNumbers } from "../tensor/create.ts";
import { formatShape } from "../tensor/shape.ts";
import { areEven } from "./thresholds.ts";

/** How often predictions above and below each threshold were right and wrong. */
export interface Confusion {
  readonly truePositives: Numeric;
  readonly falsePositives: Numeric;
  readonly trueNegatives: Numeric;
  readonly falseNegatives: Numeric;
}

/** What is counted, and how. */
export interface Counting {
  readonly thresholds: readonly number[];
  readonly weights: Numeric | null;
  /** Only the so many best predictions along the last axis are any. */
  readonly topK?: number | null;
  /** Only this class along the last axis counts. */
  readonly classId?: number | null;
  /** The labels along the last axis are counted apart: the results are `(thresholds, labels)`. */
  readonly multiLabel?: boolean;
  /** How much each label along the last axis counts. */
  readonly labelWeights?: Numeric | null;
}

/** What predictions are that are not among the best: below every threshold. */
export const LOWEST = -1e10;

/** Counts of a batch for each threshold, as float32. Source: Keras 3.6 `metrics/metrics_utils.py`. */
export function confusionOf(yTrue: Numeric, yPred: Numeric, counting: Counting): Confusion {
  const { thresholds, topK: best = null, classId = null, multiLabel = false, labelWeights = null } = counting;
  const [own, known] = sameRank(asDType(yPred, "float32"), asDType(yTrue, "float32"));
  const of = (x: Numeric) => (classId === null ? x : classOf(x, classId));
  const truth = asBool(of(known));
  const given = of(best === null ? own : bestOf(own, best));
  const weights = weightsOf(given, spreadOver(known, counting.weights), multiLabel ? null : labelWeights);
  const flat = (x: Numeric) => (multiLabel ? x : reshapeTo(x, [-1]));
  const batch = { truth: flat(truth), given: flat(given), weights: flat(weights) };
  // Between 0 and 1 the thresholds of AUC lie a little outside.
  const inner = [Math.max(0, thresholds[0]!), ...thresholds.slice(1, -1), Math.min(1, thresholds.at(-1)!)];
  return areEven(inner) ? inBuckets(batch, thresholds) : compared(batch, thresholds);
}

interface Batch {
  readonly truth: Numeric;
  readonly given: Numeric;
  readonly weights: Numeric;
}

/** Each prediction is compared with each threshold. */
function compared({ truth, given, weights }: Batch, thresholds: readonly number[]): Confusion {
  const limits = fromNumbers("float32", [thresholds.length, ...given.shape.map(() => 1)], thresholds);
  const row = (x: Numeric) => reshapeTo(x, [1, ...dimensions(x)]);
  const isPositive = greater(row(given), limits);
  const isTrue = row(truth);
  const [isNegative, isFalse] = [logicalNot(isPositive), logicalNot(isTrue)];
  const count = (x: Numeric, y: Numeric) =>
    sum(where(logicalAnd(x, y), row(weights), asDType(0, "float32")), { axis: 1 });
  return {
    truePositives: count(isTrue, isPositive),
    falsePositives: count(isFalse, isPositive),
    trueNegatives: count(isFalse, isNegative),
    falseNegatives: count(isTrue, isNegative),
  };
}

/** Predictions are put into the buckets between thresholds that are as far from each other, and these are added up. */
function inBuckets({ truth, given, weights }: Batch, thresholds: readonly number[]): Confusion {
  const last = thresholds.length - 1;
  const place = subtract(ceil(multiply(clip(given, { x_min: 0, x_max: 1 }), last)), 1);
  const isBeyond = thresholds[0]! < 0 || thresholds[last]! > 1;
  const isIn = isBeyond ? null : greaterEqual(place, 0);
  const bucket = asDType(maximum(place, 0), "int32");
  const zero = asDType(0, "float32");
  const side = (holds: Numeric) => {
    const all = where(holds, weights, zero);
    const above = aboveEach(isIn === null ? all : where(isIn, all, zero), bucket, last + 1);
    return { above, below: subtract(sum(all, { axis: 0, keepdims: true }), above) };
  };
  const [yes, no] = [side(truth), side(logicalNot(truth))];
  return {
    truePositives: yes.above,
    falseNegatives: yes.below,
    falsePositives: no.above,
    trueNegatives: no.below,
  };
}

/** For each bucket the sum of what is in it and in those above it; columns stay apart. */
function aboveEach(values: Numeric, bucket: Numeric, count: number): Numeric {
  const width = values.shape.length === 1 ? 1 : (values.shape[1] as number);
  const column = arange(width);
  const ids = width === 1 ? bucket : add(multiply(bucket, width), column);
  const sums = segmentSum(reshapeTo(values, [-1]), reshapeTo(ids, [-1]), { num_segments: count * width });
  const table = values.shape.length === 1 ? sums : reshapeTo(sums, [count, width]);
  return flip(cumsum(flip(table, { axis: 0 }), { axis: 0 }), { axis: 0 });
}

function bestOf(x: Numeric, k: number): Numeric {
  const classes = x.shape.at(-1);
  if (typeof classes !== "number" || x.shape.length < 2)
    throw new ShapeError("top_k", `expected predictions of classes, received ${formatShape(x.shape)}.`);
  const [, places] = topK(x, { k });
  const isBest = sum(oneHot(places!, { num_classes: classes }), { axis: -2 });
  return add(multiply(x, isBest), multiply(LOWEST, subtract(1, isBest)));
}

function classOf(x: Numeric, id: number): Numeric {
  if (x.shape.length < 2)
    throw new ModelError(
      "class_id",
      `expected predictions (samples, classes), received ${formatShape(x.shape)}.`,
    );
  return sliceAxis(x, x.shape.length - 1, id, id + 1);
}

/** The weight of each prediction. */
function weightsOf(given: Numeric, samples: Numeric | null, labels: Numeric | null): Numeric {
  const shape = dimensions(given);
  const own = samples === null ? asDType(1, "float32") : samples;
  const all = broadcastTo(own, shape);
  return labels === null ? all : multiply(all, broadcastTo(labels, shape));
}

/** Weights of samples in the rank of the truths. */
function spreadOver(truth: Numeric, weights: Numeric | null): Numeric | null {
  if (weights === null) return null;
  const column = widened(asDType(weights, "float32"));
  return column.shape.length === truth.shape.length + 1 ? narrowed(column) : column;
}
