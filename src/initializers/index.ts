import type { RevivableClass } from "../registry/registry.ts";
import { Constant, Ones, Zeros } from "./constant.ts";
import { alias } from "./family.ts";
import { IdentityInitializer } from "./identity.ts";
import { OrthogonalInitializer } from "./orthogonal.ts";
import { RandomNormal, RandomUniform, TruncatedNormal } from "./random.ts";
import { STFT } from "./stft.ts";
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
} from "./variance-scaling.ts";

export { getInitializer, type InitializerLike } from "./field.ts";
export { defineInitializer, Initializer } from "./initializer.ts";
export type { Seed, SeedLike } from "./seed.ts";
export type { InitializerFunction } from "./wrapped.ts";
export {
  Constant,
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  IdentityInitializer,
  LecunNormal,
  LecunUniform,
  Ones,
  OrthogonalInitializer,
  RandomNormal,
  RandomUniform,
  STFT,
  TruncatedNormal,
  VarianceScaling,
  Zeros,
};

/** Every initializer class of Keras, for a registry; some have two names, because Keras renamed them. */
export const classes: readonly RevivableClass[] = [
  Constant,
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  IdentityInitializer,
  alias("Identity", IdentityInitializer),
  LecunNormal,
  LecunUniform,
  Ones,
  OrthogonalInitializer,
  alias("Orthogonal", OrthogonalInitializer),
  RandomNormal,
  RandomUniform,
  STFT,
  alias("STFTInitializer", STFT),
  TruncatedNormal,
  VarianceScaling,
  Zeros,
];
