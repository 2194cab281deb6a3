import { Constant, Ones, Zeros } from "./constant.ts";
import type { MemberClass } from "./family.ts";
import { IdentityInitializer } from "./identity.ts";
import type { Initializer } from "./initializer.ts";
import { OrthogonalInitializer } from "./orthogonal.ts";
import { RandomNormal, RandomUniform, TruncatedNormal } from "./random.ts";
import {
  GlorotNormal,
  GlorotUniform,
  HeNormal,
  HeUniform,
  LecunNormal,
  LecunUniform,
  VarianceScaling,
} from "./variance-scaling.ts";

/** The initializer classes by the names that stand for them; each class's own name does too. */
export const names: Readonly<Record<string, MemberClass<Initializer>>> = {
  zeros: Zeros,
  zero: Zeros,
  ones: Ones,
  one: Ones,
  constant: Constant,
  identity: IdentityInitializer,
  identity_initializer: IdentityInitializer,
  Identity: IdentityInitializer,
  orthogonal: OrthogonalInitializer,
  orthogonal_initializer: OrthogonalInitializer,
  Orthogonal: OrthogonalInitializer,
  random_uniform: RandomUniform,
  uniform: RandomUniform,
  random_normal: RandomNormal,
  normal: RandomNormal,
  truncated_normal: TruncatedNormal,
  variance_scaling: VarianceScaling,
  glorot_uniform: GlorotUniform,
  glorot_normal: GlorotNormal,
  he_uniform: HeUniform,
  he_normal: HeNormal,
  lecun_uniform: LecunUniform,
  lecun_normal: LecunNormal,
};
