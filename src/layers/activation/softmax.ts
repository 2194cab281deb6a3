import { softmax } from "../../activations/index.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { integerOrList, optional } from "../../fields/kinds.ts";
import { aTensor, maskFor, takes } from "../../graph/signature.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { cast } from "../../ops/core.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const fields = {
  /** The axis, or axes, along which the numbers add up to 1. Defaults to -1. */
  axis: optional(integerOrList, -1),
};

/** What {@link Softmax} takes. */
export interface SoftmaxOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Positive numbers that add up to 1 along an axis, or several; where a mask is false they are 0. Shape in is shape out.
 * Source: Keras 3.6 `layers/activations/softmax.py`.
 *
 * @example
 * const y = new Softmax().apply(Input({ shape: [10] }));
 */
export class Softmax extends kerasLayer(
  "Softmax",
  fields,
  takes("inputs", { inputs: aTensor(), mask: maskFor("inputs") }),
)<SoftmaxOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand, { mask }: { readonly mask?: Operand | null }): Numeric {
    const scores = mask ? masked(x, mask) : x;
    return softmax(scores, { axis: this.axis });
  }
}

/** Where the mask is false, so low that nothing is left of it. */
function masked(x: Operand, mask: Operand): Numeric {
  const dtype = dtypeOf(x);
  const lowest = asDType(dtype === "float16" ? -3e4 : -1e9, dtype);
  const isOut = subtract(asDType(1, dtype), cast(mask, { dtype }));
  return add(x, multiply(isOut, lowest));
}
