import type { OptionsOf } from "../../fields/field.ts";
import { float } from "../../fields/shorthands.ts";
import { takes, tensors } from "../../graph/signature.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import type { Numeric } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import { applicationLayer } from "./define.ts";

const fields = {
  /** The factor of the second input. */
  scale: float(),
};

/** What {@link CustomScaleLayer} takes. */
export interface CustomScaleLayerOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * The first of two inputs and the second times a number, as the blocks of Inception-ResNet add them up. Both have the
 * shape of the output. Source: Keras 3.6 `applications/inception_resnet_v2.py`.
 *
 * @example
 * const x = Input({ shape: [35, 35, 320] });
 * const y = new CustomScaleLayer({ scale: 0.17 }).apply([x, x]);
 */
export class CustomScaleLayer extends applicationLayer(
  "inception_resnet_v2",
  "CustomScaleLayer",
  fields,
  takes("inputs", { inputs: tensors() }),
)<CustomScaleLayerOptions> {
  override call(inputs: readonly Numeric[]): Numeric {
    const [shortcut, residual] = inputs;
    if (!shortcut || !residual || inputs.length > 2)
      throw this.problem(`expected two inputs, [shortcut, residual], received ${inputs.length} of them.`);
    return add(shortcut, multiply(residual, this.scale));
  }
}
