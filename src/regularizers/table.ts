import type { MemberClass } from "../initializers/family.ts";
import type { Regularizer } from "./regularizer.ts";

/** The regularizer classes by the names that stand for them. */
export const names: Readonly<Record<string, MemberClass<Regularizer>>> = {};
