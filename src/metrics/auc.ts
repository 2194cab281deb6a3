import type { OptionsOf } from "../fields/field.ts";
import type { TensorInput } from "../losses/function.ts";
import { sigmoid } from "../ops/activation.ts";
import { add, divide, maximum, minimum, multiply, subtract } from "../ops/arithmetic.ts";
import { equal, greater, logicalAnd, where } from "../ops/comparison.ts";
import { divideNoNan } from "../ops/division.ts";
import { log } from "../ops/float-functions.ts";
import { mean, sum } from "../ops/reduction.ts";
import { sliceAxis } from "../ops/slice-axis.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import { formatShape, isStaticShape, type StaticShape } from "../tensor/shape.ts";
import { aucFields } from "./auc-fields.ts";
import { confusionOf } from "./confusion.ts";
import { ConfusionTable } from "./confusion-table.ts";
import { kerasMetric, type UpdateOptions } from "./metric.ts";
import { evenThresholds } from "./thresholds.ts";

const EPSILON = 1e-7;

/** What {@link AUC} takes. */
export interface AUCOptions extends OptionsOf<typeof aucFields> {}

/**
 * The area under a curve of two rates at falling thresholds: true by false positives (ROC), precision by recall (PR), or
 * their gains. Source: Keras 3.6 `metrics/confusion_metrics.py`.
 *
 * @example
 * const metric = new AUC({ num_thresholds: 3 });
 * metric.updateState(tensor([0, 0, 1, 1]), tensor([0, 0.5, 0.3, 0.9]));
 */
export class AUC extends kerasMetric("AUC", ConfusionTable, aucFields)<AUCOptions> {
  #limits: readonly number[] | null = null;

  constructor(options: AUCOptions = {}) {
    super(options);
    const { thresholds, multi_label: isMulti, num_labels: labels } = this;
    if (thresholds) Object.assign(this, { num_thresholds: thresholds.length + 2 });
    const sorted = thresholds && [...thresholds].sort((a, b) => a - b);
    if (sorted) Object.assign(this, { thresholds: sorted });
    if (!isMulti && labels !== null)
      throw this.problem(`expected num_labels only with multi_label: true, received ${labels}.`);
    if (!isMulti) this.buildFor([]);
    else if (labels !== null) this.buildFor([labels]);
  }

  /** All thresholds, from a little below 0 to a little above 1. */
  get limits(): readonly number[] {
    const inner = () => this.thresholds ?? evenThresholds(this.num_thresholds).slice(1, -1);
    this.#limits ??= [-EPSILON, ...inner(), 1 + EPSILON];
    return this.#limits;
  }

  /** Makes the counts: for each threshold, and each of the labels where there are such. */
  protected override buildFor(shape: StaticShape): void {
    this.makeTable([this.num_thresholds, ...shape]);
    this.builtFor = shape;
  }

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const weights = this.weightsIn(options, "float32");
    const [truth, given] = this.pair(yTrue, yPred);
    if (!this.builtFor) this.buildFor(this.labelsOf(given));
    const { limits: thresholds, multi_label: multiLabel, label_weights: labels } = this;
    const predictions = this.from_logits ? sigmoid(given) : given;
    const labelWeights = multiLabel ? null : labels;
    this.gather(confusionOf(truth, predictions, { thresholds, weights, multiLabel, labelWeights }));
  }

  private labelsOf({ shape }: Numeric): StaticShape {
    const labels = shape.slice(1);
    if (shape.length === 2 && isStaticShape(labels)) return labels;
    throw this.problem(`expected yPred to be (samples, labels), received ${formatShape(shape)}.`);
  }

  override result(): Numeric {
    if (!this.builtFor)
      throw this.problem("expected an update first, which says how many labels there are, received none.");
    const areas =
      this.curve === "PR" && this.summation_method === "interpolation" ? this.slopes() : this.strips();
    if (!this.multi_label) return sum(areas);
    const each = sum(areas, { axis: 0 });
    const { label_weights: weights } = this;
    return weights === null ? mean(each) : divideNoNan(sum(multiply(each, weights)), sum(weights));
  }

  /** The areas between thresholds. */
  private strips(): Numeric {
    const [x, y] = this.points();
    const [above, below] = [before(y), behind(y)];
    const heights = {
      interpolation: () => divide(add(above, below), 2),
      majoring: () => maximum(above, below),
      minoring: () => minimum(above, below),
    }[this.summation_method]();
    return multiply(subtract(before(x), behind(x)), heights);
  }

  /** Where the curve is at each threshold. */
  private points(): [x: Numeric, y: Numeric] {
    const { truePositives, falsePositives, trueNegatives, falseNegatives } = this;
    if (this.curve === "PR") return [this.found, this.right];
    if (this.curve === "ROC")
      return [divideNoNan(falsePositives, add(falsePositives, trueNegatives)), this.found];
    const factor = divideNoNan(add(truePositives, falseNegatives), add(trueNegatives, falsePositives));
    const gain = (wrong: Operand, where0: number) =>
      where(
        equal(truePositives, 0),
        where0,
        subtract(1, multiply(factor, divideNoNan(wrong, truePositives))),
      );
    return [maximum(gain(falseNegatives, 0), 0), gain(falsePositives, 1)];
  }

  /** The areas under a curve of precision that is no line between thresholds (Davis and Goadrich, 2006). */
  private slopes(): Numeric {
    const { truePositives, falseNegatives } = this;
    const positives = add(truePositives, this.falsePositives);
    const [more, fewer] = [before(positives), behind(positives)];
    const gained = subtract(before(truePositives), behind(truePositives));
    const slope = divideNoNan(gained, maximum(subtract(more, fewer), 0));
    const intercept = subtract(behind(truePositives), multiply(slope, fewer));
    const both = logicalAnd(greater(more, 0), greater(fewer, 0));
    const ratio = where(both, divideNoNan(more, maximum(fewer, 0)), 1);
    const area = multiply(slope, add(gained, multiply(intercept, log(ratio))));
    return divideNoNan(area, maximum(add(behind(truePositives), behind(falseNegatives)), 0));
  }
}

/** All but the last, and all but the first along the thresholds. */
function before(x: Operand): Numeric {
  return sliceAxis(x, 0, null, -1);
}

function behind(x: Operand): Numeric {
  return sliceAxis(x, 0, 1, null);
}
