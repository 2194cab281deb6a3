import type { RevivableClass } from "../registry/registry.ts";
import { NonNeg } from "./non-neg.ts";
import { MaxNorm, MinMaxNorm, UnitNorm } from "./norms.ts";

export { Constraint, defineConstraint } from "./constraint.ts";
export { type ConstraintLike, getConstraint } from "./field.ts";
export type { ConstraintFunction } from "./wrapped.ts";
export { MaxNorm, MinMaxNorm, NonNeg, UnitNorm };

/** Every constraint class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = [MaxNorm, MinMaxNorm, NonNeg, UnitNorm];
