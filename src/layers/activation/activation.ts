import { activation } from "../../activations/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

const fields = {
  /** The function that is applied. Defaults to none. */
  activation: activation(null),
};

/** What {@link Activation} takes. */
export interface ActivationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Applies an activation. Shape in is shape out. Source: Keras 3.6 `layers/activations/activation.py`.
 *
 * @example
 * const y = new Activation({ activation: "relu" }).apply(Input({ shape: [64] }));
 */
export class Activation extends kerasLayer("Activation", fields)<ActivationOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    return this.activation(x);
  }
}
