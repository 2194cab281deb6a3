import type { Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { kerasConstraint } from "./constraint.ts";

/** Weights of at least 0. */
export class NonNeg extends kerasConstraint("NonNeg", {}) {
  override call(x: Operand) {
    return prim("relu", [x]);
  }
}
