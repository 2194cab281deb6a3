import { ModelError } from "../errors.ts";
import type { Fields, OptionsOf } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import { comparable } from "../json/comparable.ts";
import { quote } from "../json/quote.ts";
import { serialize } from "../registry/serialize.ts";
import type { DType } from "../tensor/dtype.ts";
import { byPath, entryFor } from "./by-path.ts";
import { DTypePolicy } from "./dtype-policy.ts";
import { aPolicy } from "./field.ts";
import { getPolicy, type PolicyLike } from "./policy.ts";

/** The policy of all layers that a map does not name; held as it was given, so that null follows the global policy. */
const aDefault: Kind<PolicyLike, DTypePolicy | string | null> = {
  ...aPolicy,
  expected: "a dtype policy that is no map, its name or null",
  parse(input, problems) {
    const policy = aPolicy.parse(input, problems);
    if (policy instanceof DTypePolicyMap) return problems.expected(this.expected, input);
    return typeof input === "string" || input === null ? input : policy;
  },
  toJson: serialize,
  copy: (value) => (value instanceof DTypePolicy ? aPolicy.copy!(value) : value),
};

const fields = {
  /** The policy of layers that no entry is for, or its name. Defaults to null, the global policy. */
  default_policy: optional(aDefault, null),
  /** Policies by paths of layers, or by regular expressions that match whole paths. Defaults to {}. */
  policy_map: optional(
    byPath(aPolicy, "dtype_policies", "an object of dtype policies by paths of layers"),
    {},
  ),
};

/** What a {@link DTypePolicyMap} takes. */
export interface DTypePolicyMapOptions extends OptionsOf<typeof fields> {}

/**
 * A policy for each layer, by the layer's path or a regular expression that matches the whole of it.
 *
 * Expressions are Python's, as far as they can be matched in a time that grows with the length of a path: without
 * references, looking around, possessive counts and flags. Asking for a policy is an error where one is not, as it is in
 * Keras for one that Python cannot read.
 *
 * Keras 3.6 lets an expression match any part of the path; here it is as in later versions. When a map without a
 * default gives its config, Keras takes the names from its policies, the live ones too; here they stay.
 * Source: Keras 3.6 and 3.15 `dtype_policies/dtype_policy_map.py`.
 */
export class DTypePolicyMap extends DTypePolicy {
  static override readonly className = "DTypePolicyMap";
  static override readonly module = "keras.dtype_policies";
  static override readonly fields: Fields = fields;

  /** What it was given as its default. */
  declare readonly default_policy: DTypePolicy | string | null;
  declare policy_map: ReadonlyMap<string, DTypePolicy>;

  constructor(options: DTypePolicyMapOptions = {}) {
    super(options as object);
  }

  /** The policy of layers that no entry is for. */
  get defaultPolicy(): DTypePolicy {
    return getPolicy(this.default_policy);
  }

  override get name(): string {
    return `map_${this.defaultPolicy.name}`;
  }

  override get computeDtype(): DType {
    return this.defaultPolicy.computeDtype;
  }

  override get variableDtype(): DType {
    return this.defaultPolicy.variableDtype;
  }

  override get quantizationMode(): string | null {
    return this.defaultPolicy.quantizationMode;
  }

  override at(path: string | null): DTypePolicy {
    return path === null ? this.defaultPolicy : this.get(path);
  }

  get size(): number {
    return this.policy_map.size;
  }

  /** Whether there is an entry for exactly this path or expression. */
  has(key: string): boolean {
    return this.policy_map.has(key);
  }

  /** The policy of the layer at a path. */
  get(path: string): DTypePolicy {
    return entryFor(this.policy_map, path, ["DTypePolicyMap", "policy_map"]) ?? this.defaultPolicy;
  }

  /** Adds an entry. */
  set(key: string, policy: PolicyLike): this {
    if (this.has(key)) {
      const message = `expected a path without a policy, received ${quote(key)}. Delete its entry first.`;
      throw new ModelError("DTypePolicyMap", message);
    }
    this.policy_map = new Map([...this.policy_map, [key, getPolicy(policy)]]);
    return this;
  }

  /** Takes an entry away; whether there was one. */
  delete(key: string): boolean {
    const rest = new Map(this.policy_map);
    const found = rest.delete(key);
    this.policy_map = rest;
    return found;
  }

  /** The entries, in the order they were added. */
  [Symbol.iterator](): IterableIterator<[string, DTypePolicy]> {
    return this.policy_map.entries();
  }

  protected override get identity(): string {
    return comparable(serialize(this));
  }
}
