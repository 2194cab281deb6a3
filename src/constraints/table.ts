import type { MemberClass } from "../initializers/family.ts";
import type { Constraint } from "./constraint.ts";
import { NonNeg } from "./non-neg.ts";
import { MaxNorm, MinMaxNorm, UnitNorm } from "./norms.ts";

/** The constraint classes by the names that stand for them. */
export const names: Readonly<Record<string, MemberClass<Constraint>>> = {
  max_norm: MaxNorm,
  min_max_norm: MinMaxNorm,
  non_neg: NonNeg,
  unit_norm: UnitNorm,
};
