import { withReading } from "../registry/deserialize.ts";
import { Registry, type RevivableClass } from "../registry/registry.ts";
import * as named from "./classes.ts";
import type { DTypePolicy } from "./dtype-policy.ts";
import { getPolicy as getPlainPolicy, type PolicyLike, setGlobalPolicy as setPlainPolicy } from "./policy.ts";

export * from "./classes.ts";
export { globalPolicy, type PolicyLike, type PolicyName } from "./policy.ts";

/** Every dtype policy class of Keras, for a registry. */
export const classes: readonly RevivableClass[] = /* @__PURE__ */ Object.values(named);

/** The policy that an identifier stands for: `mixed_float16`, `int8_from_float32`, an envelope; null: the global one. */
export function getPolicy(identifier: PolicyLike): DTypePolicy {
  return withReading({ registry: new Registry(classes), path: "dtype policy" }, () =>
    getPlainPolicy(identifier),
  );
}

/** Changes the policy of layers that are made from now on and are not given one; null: back to `float32`. */
export function setGlobalPolicy(policy: PolicyLike): void {
  setPlainPolicy(policy === null ? null : getPolicy(policy));
}
