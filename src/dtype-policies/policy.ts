import { ConfigError } from "../errors.ts";
import type { Suggested } from "../fields/field.ts";
import { currentReading } from "../fields/reading.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { deserialize } from "../registry/deserialize.ts";
import {
  DTypePolicy,
  dtypesNamed,
  EXPECTED_NAME,
  globalPolicy,
  type PolicyName,
  replaceGlobalPolicy,
} from "./dtype-policy.ts";

export { globalPolicy, type PolicyName } from "./dtype-policy.ts";

/** What stands for a dtype policy: its name or a dtype, an instance, an envelope; null for the global policy. */
export type PolicyLike = DTypePolicy | Suggested<PolicyName> | Readonly<JsonObject> | null;

/** Changes the policy of layers that are made from now on and are not given one; null: back to `float32`. */
export function setGlobalPolicy(policy: PolicyLike): void {
  replaceGlobalPolicy(policy === null ? null : getPolicy(policy));
}

/** The policy that an identifier stands for. Names of quantized ones need a registry that has their classes. */
export function getPolicy(identifier: PolicyLike): DTypePolicy {
  if (identifier === null) return globalPolicy();
  if (identifier instanceof DTypePolicy) return identifier;
  if (typeof identifier === "string") return policyNamed(identifier);
  const found = typeof identifier === "object" && "class_name" in identifier ? read(identifier) : identifier;
  return found instanceof DTypePolicy ? found : fail("a dtype policy or its name", identifier);
}

/** How quantized policies' names begin. */
const QUANTIZED = /^(int8|float8|int4|gptq|awq|ternary)/;

/** Policies by their names: never changed, so each is made once. */
const plain = /* @__PURE__ */ new Map<string, DTypePolicy>();

function plainPolicy(name: string): DTypePolicy {
  let policy = plain.get(name);
  if (!policy) {
    policy = dtypesNamed(name) ? new DTypePolicy(name) : fail(EXPECTED_NAME, name);
    plain.set(name, policy);
  }
  return policy;
}

function policyNamed(name: string): DTypePolicy {
  return QUANTIZED.test(name) ? quantized(name) : plainPolicy(name);
}

function quantized(name: string): DTypePolicy {
  const parts = name.split("_from_");
  if (parts.length !== 2) return fail('a policy such as "int8_from_float32"', name);
  const [mode, source_name] = parts as [string, string];
  const className = quantizedClass(mode);
  const reading = currentReading();
  if (!reading) {
    const options = `{ mode: ${quote(mode)}, source_name: ${quote(source_name)} }`;
    return fail(EXPECTED_NAME, name, ` Give a quantized policy as an object: new ${className}(${options}).`);
  }
  const envelope = { module: "keras.dtype_policies", class_name: className, config: { mode, source_name } };
  return reading.resolver.deserialize({ ...envelope, registered_name: null }) as DTypePolicy;
}

/** The class of a quantized policy, told by how its mode begins. */
function quantizedClass(mode: string): string {
  if (mode.startsWith("float8")) return "QuantizedFloat8DTypePolicy";
  if (mode.startsWith("int4/")) return "Int4DTypePolicy";
  if (mode.startsWith("gptq")) return "GPTQDTypePolicy";
  if (mode.startsWith("awq")) return "AWQDTypePolicy";
  return mode.startsWith("ternary") ? "TernaryDTypePolicy" : "QuantizedDTypePolicy";
}

function read(envelope: Readonly<JsonObject>): unknown {
  const { class_name: className, module, config } = envelope;
  const name = typeof config === "object" && config !== null && "name" in config ? config.name : undefined;
  // Keras 2 has its policies in keras.mixed_precision, under another name.
  if (className === "Policy" && name !== undefined) return getPolicy(name as PolicyLike);
  const isPublic = module == null || (typeof module === "string" && module.startsWith("keras"));
  if (
    className === "DTypePolicy" &&
    isPublic &&
    typeof name === "string" &&
    Object.keys(config!).length === 1
  ) {
    return plainPolicy(name);
  }
  const reading = currentReading();
  return reading ? reading.resolver.deserialize(envelope) : deserialize(envelope, { path: "dtype policy" });
}

function fail(expected: string, received: unknown, help = ""): never {
  const path = currentReading()?.path ?? "dtype policy";
  throw new ConfigError(path, `expected ${expected}, received ${inspect(received)}.${help}`);
}
