import { ConfigError } from "../errors.ts";
import { readScope } from "../fields/scope.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { deserialize } from "../registry/deserialize.ts";
import { provenance } from "../registry/memory.ts";
import { DTypePolicy } from "./dtype-policy.ts";

/** What stands for a dtype policy: its name or a dtype, an instance, an envelope; null for the global policy. */
export type PolicyLike = DTypePolicy | string | Readonly<JsonObject> | null;

let current: DTypePolicy | null = null;

/** The policy of layers that are not given one. `float32` until {@link setGlobalPolicy} says otherwise. */
export function globalPolicy(): DTypePolicy {
  current ??= new DTypePolicy("float32");
  return current;
}

/** Changes the policy of layers that are made from now on and are not given one; null: back to `float32`. */
export function setGlobalPolicy(policy: PolicyLike): void {
  current = policy === null ? null : getPolicy(policy);
}

/** The policy that an identifier stands for. */
export function getPolicy(identifier: PolicyLike): DTypePolicy {
  if (identifier === null) return globalPolicy();
  if (identifier instanceof DTypePolicy) return identifier;
  if (typeof identifier === "string") return policyNamed(identifier);
  const found = typeof identifier === "object" ? read(identifier) : identifier;
  if (found instanceof DTypePolicy) return found;
  throw new ConfigError([
    {
      path: readScope()?.path ?? "dtype policy",
      message: `expected a dtype policy or its name, received ${inspect(identifier)}.`,
    },
  ]);
}

function policyNamed(name: string): DTypePolicy {
  return new DTypePolicy(name);
}

function read(envelope: Readonly<JsonObject>): unknown {
  const { class_name: className, module, config } = envelope;
  if (className === "Policy" && typeof config === "object" && config !== null && !Array.isArray(config)) {
    return policyNamed(String(config.name));
  }
  if (
    className === "DTypePolicy" &&
    (module == null || module === "keras") &&
    !provenance.classOf(envelope)
  ) {
    provenance.setClass(envelope, DTypePolicy);
  }
  return readScope()?.resolver.deserialize(envelope) ?? deserialize(envelope, { path: "dtype policy" });
}
