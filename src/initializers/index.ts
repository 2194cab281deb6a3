import { alias } from "../registry/class-of.ts";
import type { RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";
import { STFT, type STFTOptions } from "./stft.ts";

export * from "./classes.ts";
export { getInitializer, type InitializerLike, type InitializerName } from "./field.ts";
export { defineInitializer, Initializer, type InitializerFunction } from "./initializer.ts";
export type { RandomOptions } from "./random-initializer.ts";
export type { Seed, SeedLike } from "./seed.ts";
export { STFT, type STFTOptions };

/** Every initializer class of Keras, for a registry; some have two names, because Keras renamed them. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ all();

function all(): RevivableClass[] {
  const { IdentityInitializer, OrthogonalInitializer } = named;
  const renamed = [
    alias("IdentityInitializer", IdentityInitializer),
    alias("OrthogonalInitializer", OrthogonalInitializer),
    alias("STFTInitializer", STFT),
  ];
  return [...Object.values(named), STFT, ...renamed];
}
