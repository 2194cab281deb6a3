/**
 * The initializers with names, which every program with a layer has in it. STFT has none, to stay out of those without it.
 */
export * from "./constant.ts";
export * from "./identity.ts";
export * from "./orthogonal.ts";
export * from "./random.ts";
export * from "./variance-scaling.ts";
