import type { RevivableClass } from "../../registry/registry.ts";
import * as named from "./classes.ts";

export * from "./classes.ts";
export { defineSchedule, LearningRateSchedule } from "./learning-rate-schedule.ts";

/** Every class of schedules of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values(named);
