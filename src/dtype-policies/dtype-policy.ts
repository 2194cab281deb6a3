import type { Suggested } from "../fields/field.ts";
import { type Kind, optional } from "../fields/kinds.ts";
import type { Quantization } from "../quantizers/weights/quantization.ts";
import { Configurable } from "../registry/configurable.ts";
import { type DType, isDType } from "../tensor/dtype.ts";

/** Dtypes of Keras that no tensor here has. */
const FOREIGN = ["string", "float8_e4m3fn", "float8_e5m2"];

/** What is computed in with float32 variables, by the policy's name. */
const mixed = { mixed_float16: "float16", mixed_bfloat16: "bfloat16" } satisfies Record<string, DType>;

/** The names of the policies that are not quantized. */
export type PolicyName = DType | keyof typeof mixed;

/** What a layer computes in and what its variables have, of a policy that is not quantized; undefined for no policy. */
export function dtypesNamed(name: unknown): { compute: DType; variable: DType } | undefined {
  if (name === "mixed_float16" || name === "mixed_bfloat16")
    return { compute: mixed[name], variable: "float32" };
  if (isDType(name) || FOREIGN.includes(name as string))
    return { compute: name as DType, variable: name as DType };
  return undefined;
}

export const EXPECTED_NAME = '"mixed_float16", "mixed_bfloat16" or the name of a dtype such as "float32"';

/** The name of a policy that is not quantized; null is that of the global policy. */
export const aPolicyName: Kind<string | null, string> = {
  kind: "dtype_policy_name",
  expected: EXPECTED_NAME,
  schema: { type: ["string", "null"] },
  parse(input, problems) {
    const name = input === null ? globalPolicy().name : input;
    return dtypesNamed(name) ? (name as string) : problems.expected(EXPECTED_NAME, input);
  },
  toJson: (name) => name,
};

/** What a {@link DTypePolicy} takes. */
export interface DTypePolicyOptions {
  /** The policy's name, or that of a dtype for computing and variables; null is the global policy's. Defaults to null. */
  readonly name?: Suggested<PolicyName> | null | undefined;
}

/**
 * Which dtype a layer computes in and which one its variables have. `mixed_float16` and `mixed_bfloat16` compute in
 * half precision with float32 variables; any other name is the dtype of both.
 * Source: Keras 3.6 `dtype_policies/dtype_policy.py`.
 */
export class DTypePolicy extends Configurable {
  static override readonly className: string = "DTypePolicy";
  static override readonly module: string = "keras";
  static override readonly fields: Configurable["constructor"]["fields"] = {
    name: { ...optional(aPolicyName, null), property: "ownName" },
  };
  /** The name without that of a quantization. */
  declare protected readonly ownName: string;

  constructor(options: DTypePolicyOptions | Suggested<PolicyName> | null = {}) {
    super(typeof options === "string" || options === null ? { name: options } : options);
  }

  get name(): string {
    return this.ownName;
  }

  /** What the layer computes in. */
  get computeDtype(): DType {
    return dtypesNamed(this.ownName)!.compute;
  }

  /** What its variables have. */
  get variableDtype(): DType {
    return dtypesNamed(this.ownName)!.variable;
  }

  /** The policy of the layer at a path: this one, for a policy of one layer. Null for one that is not built yet. */
  at(_path: string | null): DTypePolicy {
    return this;
  }

  /** How its weights are quantized; null: not at all. */
  get quantizationMode(): string | null {
    return null;
  }

  /** How layers keep their weights in few bits, and compute with them; null: not at all. */
  get quantization(): Quantization | null {
    return null;
  }

  /** Whether both mean the same. */
  equals(other: unknown): boolean {
    return other instanceof DTypePolicy && other.identity === this.identity;
  }

  /** The same text for policies that mean the same. */
  protected get identity(): string {
    return this.name;
  }
}

let current: DTypePolicy | null = null;

/** The policy of layers that are not given one. `float32` until `setGlobalPolicy` says otherwise. */
export function globalPolicy(): DTypePolicy {
  current ??= new DTypePolicy("float32");
  return current;
}

export function replaceGlobalPolicy(policy: DTypePolicy | null): void {
  current = policy;
}
