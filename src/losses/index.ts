import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";
import { LossFunctionWrapper } from "./loss-function-wrapper.ts";

export * from "./classes.ts";
export { getLoss, type LossLike, type LossName, loss } from "./field.ts";
export type { TensorInput, TruthFunction } from "./function.ts";
export * from "./functions/index.ts";
export { defineLoss, Loss, type LossClassOptions, type LossOptions } from "./loss.ts";
export { LossFunctionWrapper, type LossFunctionWrapperOptions } from "./loss-function-wrapper.ts";
export type { Reduction } from "./reduction.ts";

/** Every loss class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values({
  ...named,
  LossFunctionWrapper,
}) as readonly RevivableClass[];
