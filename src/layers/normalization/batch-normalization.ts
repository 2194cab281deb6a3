import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { bool, float, int, opaque } from "../../fields/shorthands.ts";
import { aTensor, flag, maskFor, takes } from "../../graph/signature.ts";
import { type InitializerLike, initializer } from "../../initializers/field.ts";
import type { JsonValue } from "../../json/json.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { square } from "../../ops/elementwise.ts";
import { asDType, asFloat } from "../../ops/operands.ts";
import { moments, sum } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { assign, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { batchNormPrim } from "../../program/rules/batch-norm.ts";
import type { Variable } from "../../program/variable.ts";
import { fromNumbers, scalar, toNumbers } from "../../tensor/create.ts";
import { resultType } from "../../tensor/promote.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { knownAxis } from "../last-axis.ts";
import { betaAndGamma, scaleAndCenter, weightRules } from "./fields.ts";
import { checkClipping, renormalize } from "./renorm.ts";

const fields = {
  /** The axis of the channels, each of which has statistics of its own. Defaults to -1. */
  axis: int(-1),
  /** How much of the moving averages stays in each step of training, from 0 to 1. Defaults to 0.99. */
  momentum: float(0.99),
  ...scaleAndCenter,
  ...betaAndGamma,
  /** What the moving mean begins with. Defaults to "zeros". */
  moving_mean_initializer: initializer("zeros"),
  /** What the moving variance begins with. Defaults to "ones". */
  moving_variance_initializer: initializer("ones"),
  ...weightRules,
  /** Whether replicas share statistics, kept as data. Defaults to false. */
  synchronized: bool(false),
  /** Whether training, too, normalizes nearly as moving averages of its own would, within bounds. Defaults to false. */
  renorm: bool(false, { since: "3.14" }),
  /** The bounds of that, `{ rmin, rmax, dmax }`: of how much wider, and how far moved. Defaults to none. */
  renorm_clipping: opaque(null, { since: "3.14" }),
  /** How much of those averages stays in each step of training, from 0 to 1. Defaults to 0.99. */
  renorm_momentum: float(0.99, { since: "3.14" }),
};

/** What {@link BatchNormalization} takes. */
export interface BatchNormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Keeps each channel near mean 0 and variance 1: by the batch's own statistics in training, by moving averages of
 * them otherwise. Shape in is shape out. Source: Keras 3.6 `layers/normalization/batch_normalization.py`.
 *
 * @example
 * const y = new BatchNormalization().apply(Input({ shape: [32, 32, 3] }));
 */
export class BatchNormalization extends kerasLayer(
  "BatchNormalization",
  fields,
  takes("inputs", { inputs: aTensor(), training: flag(), mask: maskFor("inputs") }),
)<BatchNormalizationOptions> {
  static override readonly supportsMasking = true;

  declare gamma: Variable | null;
  declare beta: Variable | null;
  declare moving_mean: Variable;
  declare moving_variance: Variable;
  declare moving_stddev: Variable;
  declare renorm_mean: Variable;
  declare renorm_stddev: Variable;
  declare renorm_clipping: JsonValue;

  constructor(options: BatchNormalizationOptions = {}) {
    super(options);
    if (!this.renorm) return;
    this.renorm_clipping ??= {};
    checkClipping(this.renorm_clipping);
  }

  override build(shape: Shape): void {
    const size = knownAxis(this, shape, this.axis);
    const kept = { autocast: false };
    const moved = { autocast: false, trainable: false };
    this.gamma = this.scale ? this.weight("gamma", [size], kept) : null;
    this.beta = this.center ? this.weight("beta", [size], kept) : null;
    this.moving_mean = this.weight("moving_mean", [size], moved);
    this.moving_variance = this.weight("moving_variance", [size], moved);
    if (this.renorm) {
      const deviation = { ...moved, initializer: this.#deviation() };
      this.moving_stddev = this.weight("moving_stddev", [size], deviation);
      this.renorm_mean = this.weight("renorm_mean", [size], { ...moved, field: "moving_mean" });
      this.renorm_stddev = this.weight("renorm_stddev", [size], deviation);
    }
    this.inputSpec = { rank: shape.length, axes: { [this.axis]: size } };
  }

  override call(inputs: Operand, rest: { training?: boolean; mask?: Operand | null }): Numeric {
    const x = asDType(inputs, resultType(asFloat(inputs).dtype, "float32"));
    const { dtype } = x;
    const axis = this.axis < 0 ? this.axis + x.shape.length : this.axis;
    const learns = rest.training === true && this.trainable;
    const [mean, variance]: readonly [Operand, Operand] = learns
      ? this.#learn(x, axis, rest.mask ?? null)
      : [asDType(this.moving_mean, dtype), asDType(this.moving_variance, dtype)];
    const { shape } = this.moving_mean;
    // Made when it runs: a config may say more channels than there is memory for.
    const each = (value: number) => prim("broadcast_to", [scalar(value, dtype)], { shape });
    let scale: Operand = this.gamma ? asDType(this.gamma, dtype) : each(1);
    let offset: Operand = this.beta ? asDType(this.beta, dtype) : each(0);
    if (learns && this.renorm) {
      const { factor, shift } = renormalize(this, mean, variance);
      offset = add(multiply(shift, scale), offset);
      scale = multiply(factor, scale);
    }
    const outputs = batchNormPrim("batch_norm", [x, mean, variance, scale, offset], {
      axis,
      epsilon: this.epsilon,
    });
    return cast(outputs, { dtype: this.computeDtype });
  }

  /** What deviations begin with: the root of what variances do. */
  #deviation(): InitializerLike | null {
    const { moving_variance_initializer: variance } = this;
    if (variance === null) return null;
    return (shape, dtype) =>
      fromNumbers(dtype, shape, toNumbers(variance.create(shape, dtype)).map(Math.sqrt));
  }

  /** The batch's own statistics; moves the averages towards them. */
  #learn(x: Operand, axis: number, mask: Operand | null): [mean: Operand, variance: Operand] {
    const axes = x.shape.flatMap((_, i) => (i === axis ? [] : [i]));
    const [mean, variance] = mask ? this.#maskedMoments(x, mask, axes) : moments(x, { axes });
    if (this.renorm) return [mean, variance];
    const moved = (average: Variable, now: Operand): Numeric =>
      cast(
        add(
          multiply(asDType(average, x.dtype), scalar(this.momentum, x.dtype)),
          multiply(now, scalar(1 - this.momentum, x.dtype)),
        ),
        { dtype: average.dtype },
      );
    assign(this.moving_mean, moved(this.moving_mean, mean));
    assign(this.moving_variance, moved(this.moving_variance, variance));
    return [mean, variance];
  }

  /** Mean and variance of what the mask leaves. */
  #maskedMoments(x: Operand, mask: Operand, axes: readonly number[]): [Numeric, Numeric] {
    if (mask.shape.length !== x.shape.length - 1) {
      throw this.problem(
        `expected a mask with one dimension less than the input ${formatShape(x.shape)}, received ${formatShape(mask.shape)}.`,
        ShapeError,
      );
    }
    const weights = expandDims(asDType(mask, x.dtype), { axis: -1 });
    const total = sum(weights, { axis: axes, keepdims: true });
    const count = add(total, scalar(1e-7, x.dtype));
    const mean = divide(sum(multiply(weights, x), { axis: axes, keepdims: true }), count);
    const deviation = multiply(weights, square(subtract(x, mean)));
    const flat = (value: Numeric) => sum(value, { axis: axes });
    return [flat(mean), flat(divide(sum(deviation, { axis: axes, keepdims: true }), count))];
  }
}
