import type { OldConfig } from "./layers.ts";

const any = () => true;

/** Of every optimizer; a `decay` that is not 0 was a schedule, and is an unknown key. */
export const oldOptimizer: OldConfig = {
  renamed: { lr: "learning_rate" },
  gone: { decay: (value) => value === 0, is_legacy_optimizer: any, jit_compile: any },
};
