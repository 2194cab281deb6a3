import type { RevivableClass } from "../registry/registry.ts";
import { STFT, type STFTOptions } from "./stft.ts";
import { stftClasses } from "./stft-classes.ts";
import { usualClasses } from "./usual-classes.ts";

export * from "./classes.ts";
export { getInitializer, type InitializerLike, type InitializerName } from "./field.ts";
export { defineInitializer, Initializer, type InitializerFunction } from "./initializer.ts";
export type { RandomOptions } from "./random-initializer.ts";
export type { Seed, SeedLike } from "./seed.ts";
export { STFT, type STFTOptions };

/** Every initializer class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = [...usualClasses, ...stftClasses];
