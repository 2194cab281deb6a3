import type { OptionsOf } from "../../fields/field.ts";
import { bool } from "../../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { square } from "../../ops/elementwise.ts";
import { rsqrt, sqrt } from "../../ops/float-functions.ts";
import { asDType, asFloat } from "../../ops/operands.ts";
import { mean } from "../../ops/reduction.ts";
import { reshape } from "../../ops/reshaping.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { scalar } from "../../tensor/create.ts";
import { resultType } from "../../tensor/promote.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { knownAxis } from "../last-axis.ts";
import { axes } from "./axes.ts";
import { betaAndGamma, scaleAndCenter, weightRules } from "./fields.ts";

const fields = {
  /** The axis that is normalized over, or a list; a list once the layer is built. Defaults to -1. */
  axis: axes(-1),
  ...scaleAndCenter,
  /** Whether the mean stays and only the variance is divided out. Defaults to false. */
  rms_scaling: bool(false),
  ...betaAndGamma,
  ...weightRules,
};

/** What {@link LayerNormalization} takes. */
export interface LayerNormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Brings each sample to mean 0 and variance 1 over some axes. Shape in is shape out.
 * Source: Keras 3.6 `layers/normalization/layer_normalization.py`.
 *
 * @example
 * const y = new LayerNormalization().apply(Input({ shape: [16, 64] }));
 */
export class LayerNormalization extends kerasLayer("LayerNormalization", fields)<LayerNormalizationOptions> {
  static override readonly supportsMasking = true;

  declare gamma: Variable | null;
  declare beta: Variable | null;

  override autocast = false;
  /** Whether several axes are sorted when the layer is built, as they are in files of a newer Keras. */
  sortsAxes = false;

  override build(shape: Shape): void {
    // Keras writes the axis as a list from here on.
    const list = this.sortsAxes ? [...this.#axes()].sort((a, b) => a - b) : this.#axes();
    (this as { axis: readonly number[] }).axis = list;
    const sizes = list.map((axis) => knownAxis(this, shape, axis));
    const kept = { autocast: false };
    this.gamma = this.scale || this.rms_scaling ? this.weight("gamma", sizes, kept) : null;
    this.beta = this.center && !this.rms_scaling ? this.weight("beta", sizes, kept) : null;
  }

  override call(inputs: Operand): Numeric {
    const operand = asFloat(inputs);
    const x = asDType(operand, resultType(dtypeOf(operand), "float32"));
    const { dtype, shape } = x;
    const axis = this.#axes().map((i) => (i < 0 ? i + shape.length : i));
    const spread = (weight: Variable): Operand => {
      const value = asDType(weight, dtype);
      const isLast = axis.length === 1 && axis[0] === shape.length - 1;
      return isLast
        ? value
        : reshape(value, {
            newshape: shape.map((_, i) => (axis.includes(i) ? knownAxis(this, shape, i) : 1)),
          });
    };
    const center = mean(x, { axis, keepdims: true });
    const deviation = subtract(x, center);
    const variance = add(mean(square(deviation), { axis, keepdims: true }), scalar(this.epsilon, dtype));
    const normal = this.rms_scaling ? multiply(x, rsqrt(variance)) : divide(deviation, sqrt(variance));
    const scaled = this.gamma ? multiply(normal, spread(this.gamma)) : normal;
    return cast(this.beta ? add(scaled, spread(this.beta)) : scaled, { dtype: this.computeDtype });
  }

  #axes(): readonly number[] {
    return typeof this.axis === "number" ? [this.axis] : this.axis;
  }
}
