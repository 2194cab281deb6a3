import { ConfigError, ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anInteger, type Kind, nullable, optional } from "../../fields/kinds.ts";
import { bool } from "../../fields/shorthands.ts";
import { placeOf } from "../../graph/graph.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonValue } from "../../json/json.ts";
import { add, divide, maximum, multiply, subtract } from "../../ops/arithmetic.ts";
import { sqrt } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { mean } from "../../ops/reduction.ts";
import { reshape } from "../../ops/reshaping.ts";
import { variance as varianceOf } from "../../ops/variance.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { fromNumbers, toNumbers } from "../../tensor/cast.ts";
import { scalar } from "../../tensor/create.ts";
import { formatShape, type Shape, sameShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  type AdaptData,
  type AdaptOptions,
  type Batch,
  type Learns,
  type Lesson,
  teach,
} from "../batches.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { knownAxis } from "../last-axis.ts";
import { aNumberOrArray, asTensor, type NumberOrArray } from "../number-or-array.ts";

/** The axes that keep statistics of their own, as a list. */
const keptAxes: Kind<number | readonly number[] | null, readonly number[]> = {
  kind: "axes",
  expected: "an integer, a list of integers or null",
  schema: { type: "array", items: { type: "integer" } },
  parse(input, problems) {
    if (input === null) return [];
    const list = Array.isArray(input) ? input : [input];
    return list.every((axis) => Number.isInteger(axis)) ? list : problems.expected(this.expected, input);
  },
  toJson: (value): JsonValue => value.map(anInteger.toJson),
};

const fields = {
  /** The axis, or axes, along which each place has a mean and variance of its own; null for one of all. Defaults to -1. */
  axis: optional(keptAxes, -1),
  /** Whether the statistics are put back instead of taken out. Defaults to false. */
  invert: bool(false),
  /** The mean, given together with `variance`: a number, or numbers along `axis`. Defaults to what `adapt` finds. */
  mean: optional(nullable(aNumberOrArray), null),
  /** The variance, given together with `mean`: a number, or numbers along `axis`. Defaults to what `adapt` finds. */
  variance: optional(nullable(aNumberOrArray), null),
};

/** What {@link Normalization} takes. */
export interface NormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Brings inputs to mean 0 and variance 1 by given or learned statistics. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/normalization.py`.
 *
 * @example
 * const layer = new Normalization();
 * layer.adapt(tensor([[1, 2], [3, 6]]));
 */
export class Normalization
  extends kerasLayer("Normalization", fields)<NormalizationOptions>
  implements Learns
{
  static override readonly supportsMasking = true;

  declare adapt_mean: Variable;
  declare adapt_variance: Variable;
  declare count: Variable;

  override build(shape: Shape): void {
    if ((this.mean === null) !== (this.variance === null)) {
      throw this.problem(
        `expected both mean and variance or neither, received only ${this.mean === null ? "variance" : "mean"}.`,
        ConfigError,
      );
    }
    const kept = this.#kept(shape.length).map((axis) => knownAxis(this, shape, axis));
    if (this.mean !== null) return;
    const statistic = { shape: kept, trainable: false };
    this.adapt_mean = this.addWeight({ ...statistic, name: "mean", initializer: "zeros" });
    this.adapt_variance = this.addWeight({ ...statistic, name: "variance", initializer: "ones" });
    this.count = this.addWeight({
      name: "count",
      shape: [],
      dtype: "int32",
      initializer: "zeros",
      trainable: false,
    });
  }

  /**
   * Learns mean and variance from data, over all axes but those kept. Batches that have to be waited for give a promise.
   */
  adapt(data: AsyncIterable<Batch>, options?: AdaptOptions): Promise<void>;
  adapt(data: AdaptData, options?: AdaptOptions): void;
  adapt(data: AdaptData | AsyncIterable<Batch>, options: AdaptOptions = {}): void | Promise<void> {
    return teach(this, data, options);
  }

  get isGiven(): boolean {
    return this.mean !== null;
  }

  get hasLearned(): boolean {
    return this.built && !this.isGiven;
  }

  lesson(): Lesson {
    if (this.isGiven) {
      throw this.problem(
        "adapt: expected a layer without mean and variance of its own, received one that was given them.",
      );
    }
    let seen: Moments | null = null;
    const add = (data: Tensor) => {
      const batch = this.#momentsOf(data);
      seen = seen ? together(seen, batch) : batch;
    };
    const end = () => {
      if (seen === null) throw this.problem("adapt: expected at least one batch, received none.");
      const { shape, dtype } = this.adapt_mean;
      this.adapt_mean.assign(fromNumbers(dtype, shape, seen.means));
      this.adapt_variance.assign(fromNumbers(dtype, shape, seen.variances));
    };
    return { whole: add, batch: add, end };
  }

  /** The moments of a batch, for which the layer is built if it is not. */
  #momentsOf(data: Tensor): Moments {
    if (data.dtype === "string") throw this.problem("adapt: expected numbers, received texts.");
    if (!this.built) this.buildWith({ input_shape: [null, ...data.shape.slice(1)] });
    const kept = this.#kept(data.shape.length);
    const shape = kept.map((axis) => data.shape[axis]!);
    if (!sameShape(shape, this.adapt_mean.shape))
      throw this.problem(
        `adapt: expected batches with the sizes ${formatShape(this.adapt_mean.shape)} along axis ${inspect(this.axis)}, received the shape ${formatShape(data.shape)}.`,
        ShapeError,
      );
    const axis = data.shape.flatMap((_, i) => (kept.includes(i) ? [] : [i]));
    const x = asDType(data, this.variableDtype);
    return {
      count: axis.reduce((count, i) => count * data.shape[i]!, 1),
      means: toNumbers(mean(x, { axis }) as Tensor),
      variances: toNumbers(varianceOf(x, { axis }) as Tensor),
    };
  }

  override call(inputs: Operand): Numeric {
    const dtype = this.computeDtype;
    const x = asDType(inputs, dtype);
    const kept = this.#kept(x.shape.length);
    const newshape = x.shape.map((_, i) => (kept.includes(i) ? knownAxis(this, x.shape, i) : 1));
    const learned = (statistic: Operand) => reshape(asDType(statistic, dtype), { newshape });
    const given = (value: NumberOrArray) => this.#spread(asTensor(value, dtype), kept, newshape);
    const center = this.mean === null ? learned(this.adapt_mean) : given(this.mean);
    const spreadVariance = this.variance === null ? learned(this.adapt_variance) : given(this.variance);
    const deviation = maximum(sqrt(spreadVariance), scalar(1e-7, dtype));
    return this.invert ? add(center, multiply(x, deviation)) : divide(subtract(x, center), deviation);
  }

  #kept(rank: number): number[] {
    if (this.axis.some((axis) => axis < -rank || axis >= rank)) {
      throw new ShapeError(
        `${placeOf(this)}.axis`,
        `expected axes of an input of rank ${rank}, received ${inspect(this.axis)}.`,
      );
    }
    return this.axis.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => a - b);
  }

  /** Given statistics along the axes that are kept; fewer of them stand for all places of the axes in front. */
  #spread(statistic: Tensor, kept: readonly number[], shape: readonly number[]): Numeric {
    const size = shape.reduce((a, b) => a * b, 1);
    if (statistic.size === size) return reshape(statistic, { newshape: shape });
    const newshape = shape.map(() => 1);
    const axes = kept.slice(kept.length - statistic.shape.length);
    for (const [i, axis] of axes.entries()) newshape[axis] = statistic.shape[i] as number;
    const fits = statistic.shape.length <= kept.length && newshape.every((n, i) => n === 1 || n === shape[i]);
    if (fits) return reshape(statistic, { newshape });
    throw this.problem(
      `expected ${size} means and variances, received shape ${formatShape(statistic.shape)}.`,
      ShapeError,
    );
  }
}

/** What is known of some of the numbers: how many there are for each place, their means and their variances. */
interface Moments {
  readonly count: number;
  readonly means: ArrayLike<number>;
  readonly variances: ArrayLike<number>;
}

/** The moments of two parts together: the variance within them, and that between their means. */
function together(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const share = b.count / count;
  const means = Array.from(a.means, (mean, i) => mean * (1 - share) + b.means[i]! * share);
  const variances = Array.from(a.variances, (variance, i) => {
    const [left, right] = [a.means[i]! - means[i]!, b.means[i]! - means[i]!];
    return (variance + left * left) * (1 - share) + (b.variances[i]! + right * right) * share;
  });
  return { count, means, variances };
}
