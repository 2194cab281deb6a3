import type { MemberClass } from "../initializers/family.ts";
import { L1, L1L2, L2 } from "./norms.ts";
import { OrthogonalRegularizer } from "./orthogonal.ts";
import type { Regularizer } from "./regularizer.ts";

/** The regularizer classes by the names that stand for them. */
export const names: Readonly<Record<string, MemberClass<Regularizer>>> = {
  l1: L1,
  l2: L2,
  l1_l2: L1L2,
  l1l2: L1L2,
  orthogonal_regularizer: OrthogonalRegularizer,
};
