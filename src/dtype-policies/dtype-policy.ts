import { ConfigError } from "../errors.ts";
import { string } from "../fields/shorthands.ts";
import { inspect } from "../json/inspect.ts";
import { Configurable } from "../registry/configurable.ts";
import { type DType, isDType } from "../tensor/dtype.ts";

/**
 * Which dtype a layer computes in and which one its variables have. `mixed_float16` and `mixed_bfloat16` compute in
 * half precision with float32 variables; any other name is the dtype of both.
 * Source: Keras 3.6 `dtype_policies/dtype_policy.py`.
 */
export class DTypePolicy extends Configurable {
  static override readonly module = "keras";
  static override get className() {
    return "DTypePolicy";
  }
  static override readonly fields = { name: string() };
  declare readonly name: string;
  /** What the layer computes in. */
  readonly computeDtype: DType;
  /** What its variables have. */
  readonly variableDtype: DType;
  /** How its weights are quantized; null: not at all. */
  readonly quantizationMode: string | null = null;

  constructor(options: { readonly name: string } | string) {
    super(typeof options === "string" ? { name: options } : options);
    [this.computeDtype, this.variableDtype] = parsePolicyName(this.name);
  }
}

export function parsePolicyName(name: string): [compute: DType, variable: DType] {
  if (name === "mixed_float16") return ["float16", "float32"];
  if (name === "mixed_bfloat16") return ["bfloat16", "float32"];
  if (isDType(name)) return [name, name];
  throw new ConfigError(
    `DTypePolicy: expected "mixed_float16", "mixed_bfloat16" or the name of a dtype such as "float32", received ${inspect(name)}.`,
  );
}
