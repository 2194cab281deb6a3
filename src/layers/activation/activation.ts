import { activation } from "../../activations/field.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";

/**
 * Applies an activation. Shape in is shape out. Source: Keras 3.6 `layers/activations/activation.py`.
 *
 * @example
 * const y = new Activation({ activation: "relu" }).apply(Input({ shape: [64] }));
 */
export class Activation extends kerasLayer("Activation", {
  activation: activation(null),
}) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Operand): Numeric {
    return this.activation(x);
  }
}
