import type { OptionsOf } from "../../fields/field.ts";
import { optional } from "../../fields/kinds.ts";
import { KerasTensor } from "../../graph/graph.ts";
import { setMask } from "../../graph/mask.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { notEqual } from "../../ops/comparison.ts";
import { cast } from "../../ops/core.ts";
import { any } from "../../ops/reduction.ts";
import { squeeze } from "../../ops/reshaping.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import type { DType } from "../../tensor/dtype.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { aNumberOrArray, asTensor } from "../number-or-array.ts";

const fields = {
  /** A step counts as padding where all its features are this: a number, or one for each feature. Defaults to 0. */
  mask_value: optional(aNumberOrArray, 0),
};

/** What {@link Masking} takes. */
export interface MaskingOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Leaves out the steps of a sequence where all features are `mask_value`: they become 0 and are masked for the layers
 * behind. Shape in is shape out. Source: Keras 3.6 `layers/core/masking.py`.
 *
 * @example
 * const y = new Masking({ mask_value: -1 }).apply(Input({ shape: [10, 8] }));
 */
export class Masking extends kerasLayer("Masking", fields)<MaskingOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    const isKept = any(this.#differs(x), { axis: -1, keepdims: true });
    const outputs = multiply(x, cast(isKept, { dtype: dtypeOf(x) }));
    setMask(outputs, squeeze(isKept, { axis: -1 }));
    return outputs;
  }

  override computeMask(x: Operand): Numeric {
    return any(this.#differs(x), { axis: -1 });
  }

  #differs(x: Operand): Numeric {
    const dtype = x instanceof KerasTensor ? x.dtype : dtypeOf(x);
    return notEqual(x, asTensor(this.mask_value, dtype as DType));
  }
}
