import { ConfigError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { int } from "../../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { type Dimension, dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { square } from "../../ops/elementwise.ts";
import { sqrt } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { mean } from "../../ops/reduction.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { scalar } from "../../tensor/create.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { knownAxis } from "../last-axis.ts";
import { betaAndGamma, scaleAndCenter, weightRules } from "./fields.ts";

const fields = {
  /** How many groups the channels are in, which divides them; -1 is one for each channel. Defaults to 32. */
  groups: int(32),
  /** The axis of the channels. Defaults to -1. */
  axis: int(-1),
  ...scaleAndCenter,
  ...betaAndGamma,
  ...weightRules,
};

/** What {@link GroupNormalization} takes. */
export interface GroupNormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Brings groups of channels of each sample to mean 0 and variance 1. Shape in is shape out.
 * Source: Keras 3.6 `layers/normalization/group_normalization.py`.
 *
 * @example
 * const y = new GroupNormalization({ groups: 8 }).apply(Input({ shape: [16, 16, 32] }));
 */
export class GroupNormalization extends kerasLayer("GroupNormalization", fields)<GroupNormalizationOptions> {
  static override readonly supportsMasking = true;

  declare gamma: Variable | null;
  declare beta: Variable | null;

  override build(shape: Shape): void {
    const size = knownAxis(this, shape, this.axis);
    // Keras 3.6 writes the number of groups from here on.
    if (this.groups === -1) (this as { groups: number }).groups = size;
    if (size < this.groups || size % this.groups !== 0) {
      throw this.problem(
        `expected groups that divide the ${size} channels, received ${this.groups}.`,
        ConfigError,
      );
    }
    this.inputSpec = { rank: shape.length, axes: { [this.axis]: size } };
    this.gamma = this.scale ? this.weight("gamma", [size]) : null;
    this.beta = this.center ? this.weight("beta", [size]) : null;
  }

  override call(x: Operand): Numeric {
    const axis = this.axis < 0 ? this.axis + x.shape.length : this.axis;
    const size = knownAxis(this, x.shape, axis);
    const split = (shape: readonly Dimension[]) => [
      ...shape.slice(0, axis),
      this.groups,
      size / this.groups,
      ...shape.slice(axis + 1),
    ];
    const grouped = reshapeTo(x, split(dimensions(x)));
    const over = grouped.shape.flatMap((_, i) => (i === 0 || i === axis ? [] : [i]));
    const deviation = subtract(grouped, mean(grouped, { axis: over, keepdims: true }));
    const variance = mean(square(deviation), { axis: over, keepdims: true });
    const normal = divide(deviation, sqrt(add(variance, scalar(this.epsilon, variance.dtype))));
    const spread = (weight: Variable) =>
      asDType(reshapeTo(weight, split(x.shape.map((_, i) => (i === axis ? size : 1)))), grouped.dtype);
    const scaled = this.gamma ? multiply(normal, spread(this.gamma)) : normal;
    return reshapeTo(this.beta ? add(scaled, spread(this.beta)) : scaled, dimensions(x));
  }
}
