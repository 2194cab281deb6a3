import { Ones, Zeros } from "./constant.ts";
import type { MemberClass } from "./family.ts";
import type { Initializer } from "./initializer.ts";

/** The initializer classes by the names that stand for them. */
export const names: Readonly<Record<string, MemberClass<Initializer>>> = {
  zeros: Zeros,
  ones: Ones,
};
