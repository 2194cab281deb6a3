/** Random numbers: those that `keras.random` draws on JAX after the same seed. */
export { categorical } from "./categorical.ts";
export { beta, binomial, type DistributionOptions, gamma, type Parameter } from "./distributions.ts";
export type { NoiseShape } from "./drawing.ts";
export { type DropoutOptions, dropout } from "./dropout.ts";
export { type NormalOptions, normal, truncatedNormal, type UniformOptions, uniform } from "./floats.ts";
export { type RandintOptions, randint } from "./integers.ts";
export type { SeedOption } from "./keys.ts";
export { SeedGenerator, type SeedGeneratorOptions } from "./seed-generator.ts";
export { type ShuffleOptions, shuffle } from "./shuffle.ts";
