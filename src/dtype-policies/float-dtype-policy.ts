import { DTypePolicy } from "./dtype-policy.ts";

/** An older name of {@link DTypePolicy}. */
export class FloatDTypePolicy extends DTypePolicy {
  static override readonly className = "FloatDTypePolicy";
}
