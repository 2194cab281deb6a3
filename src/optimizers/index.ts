import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";
import { classes as schedules } from "./schedules/index.ts";

export * from "./classes.ts";
export { defineOptimizer, type OptimizerOptions } from "./define.ts";
export { getOptimizer, type OptimizerLike } from "./get-optimizer.ts";
export type { LearningRateLike } from "./learning-rate.ts";
export { type Gradients, Optimizer, type Undecayed } from "./optimizer.ts";
export * as schedules from "./schedules/index.ts";

/** Every optimizer and schedule class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ [...Object.values(named), ...schedules];
