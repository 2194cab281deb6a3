import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";

export * from "./classes.ts";
export { getRegularizer, type RegularizerLike, type RegularizerName } from "./field.ts";
export { defineRegularizer, Regularizer, type RegularizerFunction } from "./regularizer.ts";

/** Every regularizer class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values(named);
