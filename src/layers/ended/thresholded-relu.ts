import { becomes, type End } from "../../dialects/keras-2/ended.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { positiveFloat } from "../../fields/shorthands.ts";
import type { JsonObject } from "../../json/json.ts";
import { markFloat } from "../../json/marks.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { greater } from "../../ops/comparison.ts";
import { asDType } from "../../ops/operands.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const fields = {
  /** Only what is above it comes out, at least 0. Defaults to 1. */
  theta: positiveFloat(1),
};

/** What {@link ThresholdedReLU} takes. */
export interface ThresholdedReLUOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * `x` where it is above `theta`, else 0. Shape in is shape out. Not in Keras 3, where `ReLU({ threshold })` does the same.
 * Source: tf.keras 2.9 `layers/activation/thresholded_relu.py`.
 */
export class ThresholdedReLU extends kerasLayer("ThresholdedReLU", fields)<ThresholdedReLUOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;
  static override readonly end: End = becomes(asReLU);

  override call(x: Operand): Numeric {
    return multiply(x, asDType(greater(x, this.theta), dtypeOf(x)));
  }
}

/** The same as Keras 3 has it. */
function asReLU(envelope: JsonObject): JsonObject {
  const { theta = null, ...rest } = envelope.config as JsonObject;
  const config: JsonObject = { ...rest, max_value: null, negative_slope: 0, threshold: theta };
  for (const key of ["negative_slope", "threshold"]) markFloat(config, key);
  return { ...envelope, class_name: "ReLU", config };
}
