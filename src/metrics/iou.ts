import type { OptionsOf } from "../fields/field.ts";
import { inOrder } from "../fields/in-order.ts";
import { anInteger, listOf, nullable, optional, required } from "../fields/kinds.ts";
import { bool, int, number, positiveInt } from "../fields/shorthands.ts";
import type { TensorInput } from "../losses/function.ts";
import { greaterEqual } from "../ops/comparison.ts";
import { asDType } from "../ops/operands.ts";
import { kerasMetric, metricFields, type UpdateOptions } from "./metric.ts";
import { Overlap } from "./overlap.ts";

const fields = {
  ...metricFields,
  /** How many classes there are. */
  num_classes: positiveInt(),
  /** The classes that count. */
  target_class_ids: required(listOf(anInteger)),
  /** A class of truths that counts as nothing. Defaults to none. */
  ignore_class: optional(nullable(anInteger), null),
  /** Whether truths are numbers of classes, and not probabilities. Defaults to true. */
  sparse_y_true: bool(true),
  /** Whether predictions are numbers of classes, and not probabilities. Defaults to true. */
  sparse_y_pred: bool(true),
  /** The axis of the classes, of probabilities. Defaults to -1. */
  axis: int(-1),
};

/** What {@link IoU} takes. */
export interface IoUOptions extends OptionsOf<typeof fields> {}

/**
 * How much of the classes that count is in both truth and prediction, as a share of what is in either; the mean over
 * classes that are there. From Keras 3.8 on its dtype is int32 where none is given, here float32.
 * Source: Keras 3.15 `metrics/iou_metrics.py`, as all of this kind.
 *
 * @example
 * const metric = new IoU({ num_classes: 2, target_class_ids: [0] });
 * metric.updateState(tensor([0, 0, 1, 1]), tensor([0, 1, 0, 1]));
 */
export class IoU extends kerasMetric("IoU", Overlap, fields)<IoUOptions> {}

const meanFields = inOrder(
  fields,
  "num_classes, name, dtype, ignore_class, sparse_y_true, sparse_y_pred, axis",
);

/** What {@link MeanIoU} takes. */
export interface MeanIoUOptions extends OptionsOf<typeof meanFields> {}

/** The same for all classes. */
export class MeanIoU extends kerasMetric("MeanIoU", Overlap, meanFields)<MeanIoUOptions> {}

const binaryFields = {
  /** The classes that count. Defaults to [0, 1]. */
  target_class_ids: optional(listOf(anInteger), [0, 1]),
  /** From it on a prediction means 1. Defaults to 0.5. */
  threshold: number(0.5),
  ...metricFields,
};

/** What {@link BinaryIoU} takes. */
export interface BinaryIoUOptions extends OptionsOf<typeof binaryFields> {}

/** The same for two classes, of which predictions are numbers from 0 to 1. */
export class BinaryIoU extends kerasMetric("BinaryIoU", Overlap, binaryFields)<BinaryIoUOptions> {
  static readonly fixed = { num_classes: 2 };

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options);
    const given = asDType(this.tensor(yPred, "yPred"), "float32");
    this.count(this.tensor(yTrue, "yTrue"), greaterEqual(given, this.threshold), weights);
  }
}

const oneHot = {
  ...fields,
  /** Whether predictions are numbers of classes, and not probabilities. Defaults to false. */
  sparse_y_pred: bool(false),
};
const oneHotFields = inOrder(
  oneHot,
  "num_classes, target_class_ids, name, dtype, ignore_class, sparse_y_pred, axis",
);

/** What {@link OneHotIoU} takes. */
export interface OneHotIoUOptions extends OptionsOf<typeof oneHotFields> {}

/** The same with truths that are probabilities. */
export class OneHotIoU extends kerasMetric("OneHotIoU", Overlap, oneHotFields)<OneHotIoUOptions> {
  static readonly fixed = { sparse_y_true: false };
}

const oneHotMeanFields = inOrder(oneHot, "num_classes, name, dtype, ignore_class, sparse_y_pred, axis");

/** What {@link OneHotMeanIoU} takes. */
export interface OneHotMeanIoUOptions extends OptionsOf<typeof oneHotMeanFields> {}

/** The same for all classes, with truths that are probabilities. */
export class OneHotMeanIoU extends kerasMetric(
  "OneHotMeanIoU",
  Overlap,
  oneHotMeanFields,
)<OneHotMeanIoUOptions> {
  static readonly fixed = { sparse_y_true: false };
}
