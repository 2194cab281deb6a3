import type { MemberClass } from "../initializers/family.ts";
import type { Constraint } from "./constraint.ts";

/** The constraint classes by the names that stand for them. */
export const names: Readonly<Record<string, MemberClass<Constraint>>> = {};
