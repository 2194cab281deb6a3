import { emit, type Numeric, type Operand } from "./emit.ts";
import type { Attributes, PrimitiveName } from "./primitives.ts";
import { specRules } from "./spec-rules.ts";

/** Applies any primitive, for tests that go through many of them. */
export function emitAny<K extends PrimitiveName>(
  primitive: K,
  operands: readonly Operand[],
  attributes: Attributes[K],
): Numeric[] {
  return emit(specRules, primitive, operands, attributes);
}
