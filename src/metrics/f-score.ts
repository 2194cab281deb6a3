import type { OptionsOf } from "../fields/field.ts";
import { aFloat, nullable, oneOf, optional, refine } from "../fields/kinds.ts";
import type { TensorInput } from "../losses/function.ts";
import { widened } from "../losses/same-rank.ts";
import { add, divide, multiply, subtract } from "../ops/arithmetic.ts";
import { greater, greaterEqual, logicalAnd } from "../ops/comparison.ts";
import { absolute } from "../ops/elementwise.ts";
import { asDType } from "../ops/operands.ts";
import { max, mean, sum } from "../ops/reduction.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { formatShape, isStaticShape, type StaticShape } from "../tensor/shape.ts";
import { kerasMetric, type MetricClassOptions, type UpdateOptions } from "./metric.ts";
import { namedFields, WeightedMetric } from "./reductions.ts";

const EPSILON = 1e-7;

const scoreFields = {
  /** How the scores of classes become one: `"micro"`, `"macro"` or `"weighted"`. Defaults to null: they stay apart. */
  average: optional(nullable(oneOf("micro", "macro", "weighted")), null),
};
const thresholdFields = {
  /** Above it a prediction means 1: above 0, at most 1. Defaults to null: the best class of a sample means 1. */
  threshold: optional(
    nullable(refine(aFloat, "a number above 0, at most 1", (x: number) => x > 0 && x <= 1)),
    null,
  ),
};

/** What puts precision and recall of classes together. */
abstract class Score extends WeightedMetric {
  static readonly isBase = true;

  declare readonly average: "micro" | "macro" | "weighted" | null;
  declare readonly threshold: number | null;
  /** How much more recall counts than precision. */
  abstract readonly beta: number;
  declare truePositives: Variable;
  declare falsePositives: Variable;
  declare falseNegatives: Variable;
  declare intermediateWeights: Variable;

  /** Makes the counts: for each class, or for all together. */
  protected override buildFor(shape: StaticShape): void {
    const { dtype } = this;
    this.truePositives = this.addVariable({ name: "true_positives", shape, dtype });
    this.falsePositives = this.addVariable({ name: "false_positives", shape, dtype });
    this.falseNegatives = this.addVariable({ name: "false_negatives", shape, dtype });
    this.intermediateWeights = this.addVariable({ name: "intermediate_weights", shape, dtype });
    this.builtFor = shape;
  }

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const { dtype } = this;
    const weights = this.weightsIn(options);
    const [truth, given] = this.pair(yTrue, yPred, dtype);
    const classes = given.shape.slice(1);
    if (truth.shape.length !== 2 || given.shape.length !== 2 || !isStaticShape(classes)) {
      const received = `${formatShape(truth.shape)} and ${formatShape(given.shape)}`;
      throw this.problem(`expected truths and predictions (samples, classes), received ${received}.`);
    }
    const isMicro = this.average === "micro";
    if (!this.builtFor) this.buildFor(isMicro ? [] : classes);
    const chosen = asDType(this.chosen(given), dtype);
    const count = (values: Numeric) =>
      sum(weights === null ? values : multiply(values, widened(weights)), { axis: isMicro ? null : 0 });
    this.increase(this.truePositives, count(multiply(chosen, truth)));
    this.increase(this.falsePositives, count(multiply(chosen, subtract(1, truth))));
    this.increase(this.falseNegatives, count(multiply(subtract(1, chosen), truth)));
    this.increase(this.intermediateWeights, count(truth));
  }

  /** Which predictions mean 1. */
  private chosen(given: Numeric): Numeric {
    if (this.threshold !== null) return greater(given, this.threshold);
    const best = max(given, { axis: -1, keepdims: true });
    return logicalAnd(greaterEqual(given, best), greater(absolute(given), 1e-9));
  }

  override result(): Numeric {
    if (!this.builtFor)
      throw this.problem("expected an update first, which says how many classes there are, received none.");
    const found = this.truePositives;
    const share = (others: Variable) => divide(found, add(add(found, others), EPSILON));
    const [precision, recall] = [share(this.falsePositives), share(this.falseNegatives)];
    const square = this.beta ** 2;
    const together = add(add(multiply(square, precision), recall), EPSILON);
    const scores = multiply(divide(multiply(precision, recall), together), 1 + square);
    if (this.average === null) return scores;
    if (this.average !== "weighted") return mean(scores);
    const weights = this.intermediateWeights;
    return sum(multiply(scores, divide(weights, add(sum(weights), EPSILON))));
  }
}

const fbetaFields = {
  ...namedFields("fbeta_score"),
  ...scoreFields,
  /** How much more recall counts than precision: above 0. Defaults to 1. */
  beta: optional(
    refine(aFloat, "a number above 0", (x: number) => x > 0),
    1,
  ),
  ...thresholdFields,
};

/** What {@link FBetaScore} takes. */
export interface FBetaScoreOptions extends MetricClassOptions, OptionsOf<typeof fbetaFields> {}

/**
 * Precision and recall together: `(1 + beta²) · precision · recall / (beta² · precision + recall)`, of truths and
 * predictions `(samples, classes)`. Source: Keras 3.6 `metrics/f_score_metrics.py`.
 *
 * @example
 * const metric = new FBetaScore({ beta: 2, threshold: 0.5 });
 * metric.updateState(tensor([[1, 0], [0, 1]]), tensor([[0.9, 0.6], [0.2, 0.8]]));
 */
export class FBetaScore extends kerasMetric("FBetaScore", Score, fbetaFields)<FBetaScoreOptions> {
  declare readonly beta: number;
}

const f1Fields = { ...namedFields("f1_score"), ...scoreFields, ...thresholdFields };

/** What {@link F1Score} takes. */
export interface F1ScoreOptions extends MetricClassOptions, OptionsOf<typeof f1Fields> {}

/** The harmonic mean of precision and recall. */
export class F1Score extends kerasMetric("F1Score", Score, f1Fields)<F1ScoreOptions> {
  readonly beta = 1;
}
