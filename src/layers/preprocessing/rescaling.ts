import type { OptionsOf } from "../../fields/field.ts";
import { optional, required } from "../../fields/kinds.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { asDType, isOperand } from "../../ops/operands.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { aNumberOrArray, asTensor } from "../number-or-array.ts";

const fields = {
  /** What inputs are multiplied by: a number, or numbers along the last axis. */
  scale: required(aNumberOrArray),
  /** What is added then: a number, or numbers along the last axis. Defaults to 0. */
  offset: optional(aNumberOrArray, 0),
};

/** What {@link Rescaling} takes. */
export interface RescalingOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * `x · scale + offset`, in training and otherwise: for example from pixels 0 … 255 to 0 … 1. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/rescaling.py`.
 *
 * @example
 * const y = new Rescaling({ scale: 1 / 255 }).apply(Input({ shape: [28, 28, 1] }));
 */
export class Rescaling extends kerasLayer("Rescaling", fields)<RescalingOptions> {
  static override readonly supportsMasking = true;

  override call(inputs: Operand): Numeric {
    const dtype = this.computeDtype;
    const x = isOperand(inputs) ? asDType(inputs, dtype) : inputs;
    return add(multiply(x, asTensor(this.scale, dtype)), asTensor(this.offset, dtype));
  }
}
