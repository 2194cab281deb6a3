import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";
import * as schedules from "./schedules/classes.ts";

export * from "./classes.ts";
export { defineOptimizer, type OptimizerOptions } from "./define.ts";
export { getOptimizer, type OptimizerLike } from "./get-optimizer.ts";
export type { LearningRateLike } from "./learning-rate.ts";
export { type Gradients, Optimizer, type Undecayed } from "./optimizer.ts";
export * from "./schedules/classes.ts";
export { defineSchedule, LearningRateSchedule } from "./schedules/learning-rate-schedule.ts";

/** Every optimizer and schedule class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values({ ...named, ...schedules });
