import type { OptionsOf } from "../../fields/field.ts";
import { maximum, multiply } from "../../ops/arithmetic.ts";
import { square } from "../../ops/elementwise.ts";
import { rsqrt } from "../../ops/float-functions.ts";
import { sum } from "../../ops/reduction.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { scalar } from "../../tensor/create.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { axes } from "./axes.ts";

const fields = {
  /** The axis that the length is taken over, or a list. Defaults to -1. */
  axis: axes(-1),
};

/** What {@link UnitNormalization} takes. */
export interface UnitNormalizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Brings each sample to length 1 over some axes. Shape in is shape out.
 * Source: Keras 3.6 `layers/normalization/unit_normalization.py`.
 *
 * @example
 * const y = new UnitNormalization().apply(Input({ shape: [8] }));
 */
export class UnitNormalization extends kerasLayer("UnitNormalization", fields)<UnitNormalizationOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    const squares = sum(square(x), { axis: this.axis, keepdims: true });
    return multiply(x, rsqrt(maximum(squares, scalar(1e-24, squares.dtype))));
  }
}
