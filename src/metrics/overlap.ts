import { ConfigError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import type { TensorInput } from "../losses/function.ts";
import { add, divide, subtract } from "../ops/arithmetic.ts";
import { greater, greaterEqual, less, logicalAnd, notEqual, where } from "../ops/comparison.ts";
import { diag } from "../ops/diagonal.ts";
import { broadcastTo, dimensions, reshapeTo } from "../ops/dimensions.ts";
import { asDType, asResult } from "../ops/operands.ts";
import { sum } from "../ops/reduction.ts";
import { scatter } from "../ops/scatter.ts";
import { argmax } from "../ops/searching.ts";
import { stack } from "../ops/stacking.ts";
import { take } from "../ops/take.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { fromNumbers } from "../tensor/create.ts";
import { isFloat } from "../tensor/dtype.ts";
import type { UpdateOptions } from "./metric.ts";
import { WeightedMetric } from "./reductions.ts";

const EPSILON = 1e-7;

/** What the classes differ in. */
interface Facts {
  readonly num_classes: number;
  readonly target_class_ids: readonly number[] | null;
  readonly ignore_class: number | null;
  readonly sparse_y_true: boolean;
  readonly sparse_y_pred: boolean;
  readonly axis: number;
}

/** What compares how much of two masks is in both with how much is in either, class by class. */
export abstract class Overlap extends WeightedMetric {
  static readonly isBase = true;
  /** What holds where a class has no field that says it. */
  static readonly fixed: Partial<Facts> = {};

  declare readonly ["constructor"]: WeightedMetric["constructor"] & { readonly fixed: Partial<Facts> };
  /** How often each class of predictions (columns) met each class of truths (rows). */
  readonly totalConfusionMatrix: Variable;

  constructor(options?: object) {
    super(options);
    const { num_classes: classes, target_class_ids: targets } = this.facts;
    if (targets?.some((id) => id >= classes)) {
      const message = `expected classes below ${classes}, received ${inspect(targets)}.`;
      throw new ConfigError(`${this.constructor.className}.target_class_ids`, message);
    }
    this.totalConfusionMatrix = this.addVariable({
      name: "total_confusion_matrix",
      shape: [classes, classes],
      dtype: isFloat(this.dtype) ? "float32" : this.dtype,
    });
  }

  private get facts(): Facts {
    const own = this as unknown as Facts;
    const {
      num_classes = own.num_classes,
      target_class_ids = own.target_class_ids ?? null,
      ignore_class = own.ignore_class ?? null,
      sparse_y_true = own.sparse_y_true ?? true,
      sparse_y_pred = own.sparse_y_pred ?? true,
      axis = own.axis ?? -1,
    } = this.constructor.fixed;
    return { num_classes, target_class_ids, ignore_class, sparse_y_true, sparse_y_pred, axis };
  }

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options);
    const [truth, given] = this.pair(yTrue, yPred);
    this.count(truth, given, weights);
  }

  /** Adds a batch to the counts; what is no class, or one to ignore, counts as nothing. */
  protected count(yTrue: Numeric, yPred: Numeric, weights: Numeric | null): void {
    const { num_classes: classes, ignore_class: ignored, sparse_y_true, sparse_y_pred, axis } = this.facts;
    const { dtype } = this.totalConfusionMatrix;
    const labelsOf = (x: Numeric, isSparse: boolean) =>
      flat(asDType(isSparse ? x : argmax(x, { axis }), "int32"));
    const [truth, given] = [labelsOf(yTrue, sparse_y_true), labelsOf(yPred, sparse_y_pred)];
    const isClass = (x: Numeric) => logicalAnd(greaterEqual(x, 0), less(x, classes));
    const inside = logicalAnd(isClass(truth), isClass(given));
    const counts = ignored === null ? inside : logicalAnd(inside, notEqual(truth, ignored));
    const own = weights === null ? asDType(1, dtype) : asDType(flat(weights), dtype);
    const places = stack([where(counts, truth, 0), where(counts, given, 0)], { axis: 1 });
    const values = where(counts, broadcastTo(own, dimensions(truth)), asDType(0, dtype));
    this.increase(this.totalConfusionMatrix, scatter(places, values, { shape: [classes, classes] }));
  }

  override result(): Numeric {
    const matrix = asResult(this.totalConfusionMatrix);
    const both = diag(matrix);
    const either = subtract(add(sum(matrix, { axis: 0 }), sum(matrix, { axis: 1 })), both);
    const { target_class_ids: targets } = this.facts;
    const of = (x: Numeric) => {
      const chosen = targets ? take(x, fromNumbers("int32", [targets.length], targets), { axis: 0 }) : x;
      return asDType(chosen, "float32");
    };
    const [part, whole] = [of(both), of(either)];
    const isThere = greater(whole, 1e-9);
    const shares = where(isThere, divide(part, add(whole, EPSILON)), 0);
    return divide(sum(shares), add(sum(asDType(isThere, "float32")), EPSILON));
  }
}

/** A vector; a single number stays one. */
function flat(x: Numeric): Numeric {
  return x.shape.length === 0 ? x : reshapeTo(x, [-1]);
}
