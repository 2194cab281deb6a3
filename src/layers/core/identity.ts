import type { Nested } from "../../graph/nested.ts";
import { structure, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";

/** What {@link Identity} takes. */
export interface IdentityOptions extends LayerOptions {}

/**
 * Passes its input on, whatever its structure. Source: Keras 3.6 `layers/core/identity.py`.
 *
 * @example
 * const y = new Identity().apply(Input({ shape: [64] }));
 */
export class Identity extends kerasLayer(
  "Identity",
  {},
  takes("inputs", { inputs: structure() }),
)<IdentityOptions> {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Nested<Operand>): Nested<Operand> {
    return x;
  }
}
