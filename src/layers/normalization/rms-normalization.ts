import type { OptionsOf } from "../../fields/field.ts";
import { float } from "../../fields/shorthands.ts";
import { aTensor, takes } from "../../graph/signature.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { square } from "../../ops/elementwise.ts";
import { rsqrt } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { mean } from "../../ops/reduction.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { scalar } from "../../tensor/create.ts";
import { resultType } from "../../tensor/promote.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { knownAxis } from "../last-axis.ts";
import { axes } from "./axes.ts";

const fields = {
  /** The axis that the mean is over, or a list of the last ones; a list once the layer is built. Defaults to -1. */
  axis: axes(-1),
  /** Added to the mean, against division by 0. Defaults to 0.000001. */
  epsilon: float(1e-6),
};

/** What {@link RMSNormalization} takes. */
export interface RMSNormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Divides each sample by the root of the mean of its squares over the last axis, or several last ones, and scales it:
 * `x · rsqrt(mean(square(x)) + epsilon) · scale`. Shape in is shape out.
 * Source: Keras 3.9 `layers/normalization/rms_normalization.py`.
 *
 * @example
 * const y = new RMSNormalization().apply(Input({ shape: [16, 64] }));
 */
export class RMSNormalization extends kerasLayer(
  "RMSNormalization",
  fields,
  takes("x", { x: aTensor() }),
)<RMSNormalizationOptions> {
  declare scale: Variable;

  override build(shape: Shape): void {
    const list = typeof this.axis === "number" ? [this.axis] : [...this.axis].sort((a, b) => a - b);
    (this as { axis: readonly number[] }).axis = list;
    const sizes = list.map((axis) => knownAxis(this, shape, axis));
    this.scale = this.weight("scale", sizes, { initializer: "ones" });
  }

  override call(inputs: Operand): Numeric {
    const given = dtypeOf(inputs);
    const x = asDType(inputs, resultType(given, "float32"));
    const squares = mean(square(x), { axis: this.axis, keepdims: true });
    const normal = multiply(x, rsqrt(add(squares, scalar(this.epsilon, squares.dtype))));
    return cast(multiply(normal, asDType(this.scale, normal.dtype)), { dtype: given });
  }
}
