export * from "./cosine-decay.ts";
export * from "./cosine-decay-restarts.ts";
export * from "./exponential-decay.ts";
export * from "./inverse-time-decay.ts";
export * from "./piecewise-constant-decay.ts";
export * from "./polynomial-decay.ts";
