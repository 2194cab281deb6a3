import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";

export * from "./classes.ts";
export { Constraint, type ConstraintFunction, defineConstraint } from "./constraint.ts";
export { type ConstraintLike, type ConstraintName, getConstraint } from "./field.ts";

/** Every constraint class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values(named);
