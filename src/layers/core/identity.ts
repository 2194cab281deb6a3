import type { Nested } from "../../graph/nested.ts";
import { structure, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { kerasLayer } from "../define.ts";

/**
 * Passes its input on, whatever its structure. Source: Keras 3.6 `layers/core/identity.py`.
 *
 * @example
 * const y = new Identity().apply(Input({ shape: [64] }));
 */
export class Identity extends kerasLayer("Identity", {}, takes("inputs", { inputs: structure() })) {
  static override readonly supportsMasking = true;
  static override readonly isBuiltAtOnce = true;

  override call(x: Nested<Operand>): Nested<Operand> {
    return x;
  }
}
