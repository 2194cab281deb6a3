import type { OptionsOf } from "../fields/field.ts";
import { anInteger, nullable, oneOf, optional, refine } from "../fields/kinds.ts";
import type { TensorInput } from "../losses/function.ts";
import { sameRank, widened } from "../losses/same-rank.ts";
import { divide, multiply, subtract } from "../ops/arithmetic.ts";
import { greaterEqual, where } from "../ops/comparison.ts";
import { broadcastTo, dimensions, product } from "../ops/dimensions.ts";
import { square } from "../ops/elementwise.ts";
import { asDType } from "../ops/operands.ts";
import { mean, sum } from "../ops/reduction.ts";
import { isinf } from "../ops/truths.ts";
import type { Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import { formatShape, isStaticShape, type StaticShape } from "../tensor/shape.ts";
import { kerasMetric, type MetricClassOptions, type UpdateOptions } from "./metric.ts";
import { namedFields, WeightedMetric } from "./reductions.ts";

const fields = {
  ...namedFields("r2_score"),
  /** How the scores of outputs become one, null leaves them apart. Defaults to "uniform_average", their mean. */
  class_aggregation: optional(
    nullable(oneOf("uniform_average", "variance_weighted_average")),
    "uniform_average",
  ),
  /** How many independent variables the predictions were made of, for the adjusted score. Defaults to 0: it is not adjusted. */
  num_regressors: optional(
    refine(anInteger, "an integer of at least 0", (count: number) => count >= 0),
    0,
  ),
};

/** What {@link R2Score} takes. */
export interface R2ScoreOptions extends MetricClassOptions, OptionsOf<typeof fields> {}

/**
 * Which share of the variance of the truths the predictions explain, both `(samples, outputs)`: 1 for all of it.
 * Source: Keras 3.6 `metrics/regression_metrics.py`.
 *
 * @example
 * const metric = new R2Score();
 * metric.updateState(tensor([[1], [4], [3]]), tensor([[2], [4], [4]]));
 */
export class R2Score extends kerasMetric("R2Score", WeightedMetric, fields)<R2ScoreOptions> {
  /** How many truths there were. */
  readonly numSamples = this.addVariable({ name: "num_samples" });
  declare squaredSum: Variable;
  declare sum: Variable;
  declare totalMse: Variable;
  declare count: Variable;

  protected override buildFor(shape: StaticShape): void {
    this.squaredSum = this.addVariable({ name: "squared_sum", shape });
    this.sum = this.addVariable({ name: "sum", shape });
    this.totalMse = this.addVariable({ name: "residual", shape });
    this.count = this.addVariable({ name: "count", shape });
    this.builtFor = shape;
  }

  override update(yTrue: TensorInput, yPred: TensorInput, options: UpdateOptions = {}): void {
    const { dtype } = this;
    const weights = this.weightsIn(options);
    const [known, predicted] = this.pair(yTrue, yPred, dtype);
    const [truth, given] = sameRank(known, predicted);
    const outputs = given.shape.slice(1);
    if (truth.shape.length !== 2 || given.shape.length !== 2 || !isStaticShape(outputs)) {
      const received = `${formatShape(truth.shape)} and ${formatShape(given.shape)}`;
      throw this.problem(`expected truths and predictions (samples, outputs), received ${received}.`);
    }
    if (!this.builtFor) this.buildFor(outputs);
    const own = weights ?? asDType(1, dtype);
    const column = own.shape.length === 1 ? widened(own) : own;
    const each = broadcastTo(column, dimensions(truth));
    const total = (x: Numeric) => sum(multiply(x, each), { axis: 0 });
    this.increase(this.sum, total(truth));
    this.increase(this.squaredSum, total(square(truth)));
    this.increase(this.totalMse, total(square(subtract(truth, given))));
    this.increase(this.count, sum(each, { axis: 0 }));
    this.increase(this.numSamples, asDType(product(dimensions(truth)), "float32"));
  }

  override result(): Numeric {
    if (!this.builtFor)
      throw this.problem("expected an update first, which says how many outputs there are, received none.");
    const total = subtract(this.squaredSum, multiply(this.sum, divide(this.sum, this.count)));
    const raw = subtract(1, divide(this.totalMse, total));
    const scores = where(isinf(raw), asDType(0, raw.dtype), raw);
    const score = this.together(scores, total);
    return this.num_regressors === 0 ? score : this.adjusted(score);
  }

  private together(scores: Numeric, total: Numeric): Numeric {
    if (this.class_aggregation === null) return scores;
    if (this.class_aggregation === "uniform_average") return mean(scores);
    return divide(sum(multiply(total, scores)), sum(total));
  }

  /** The score less what more variables explain by chance; the score itself where there are too few samples. */
  private adjusted(score: Numeric): Numeric {
    const rest = subtract(this.numSamples, this.num_regressors + 1);
    const by = divide(multiply(subtract(1, score), subtract(this.numSamples, 1)), rest);
    return where(greaterEqual(0, rest), score, subtract(1, by));
  }
}
