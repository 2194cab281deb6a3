import type { RevivableClass } from "../registry/registry.ts";
import { L1, L1L2, L2 } from "./norms.ts";
import { OrthogonalRegularizer } from "./orthogonal.ts";

export { getRegularizer, type RegularizerLike } from "./field.ts";
export { defineRegularizer, Regularizer } from "./regularizer.ts";
export type { RegularizerFunction } from "./wrapped.ts";
export { L1, L1L2, L2, OrthogonalRegularizer };

/** Every regularizer class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = [L1, L1L2, L2, OrthogonalRegularizer];
