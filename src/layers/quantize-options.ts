import type { DTypePolicy } from "../dtype-policies/dtype-policy.ts";
import type { Fields } from "../fields/field.ts";
import type { Operation } from "../graph/graph.ts";
import type { JsonObject } from "../json/json.ts";
import type { Variable } from "../program/variable.ts";
import type { QuantizationConfig } from "../quantizers/configs.ts";
import type { QuantizedWeight } from "../quantizers/weights/quantization.ts";
import type { DType } from "../tensor/dtype.ts";

/** What `quantize` of a layer takes beside the mode. */
export interface QuantizeOptions {
  /** Which quantizers and sizes there are. Defaults to what the mode has of itself. */
  readonly config?: QuantizationConfig | null | undefined;
  /** Whether classes that extend one that can be quantized are refused. Defaults to true. */
  readonly type_check?: boolean | null | undefined;
}

/** A layer as far as it is quantized. */
export interface QuantizableLayer extends Operation {
  readonly constructor: Operation["constructor"] & {
    readonly quantizedIn: readonly string[];
    readonly fields: Fields;
  };
  readonly built: boolean;
  readonly dtype_policy: DTypePolicy;
  readonly ownPolicy: DTypePolicy;
  readonly computeDtype: DType;
  readonly ownVariables: Variable[];
  readonly quantizedWeight?: QuantizedWeight | undefined;
  readonly quantizedColumns?: QuantizedWeight | undefined;
  getBuildConfig(): JsonObject | undefined;
  buildFromConfig(config: JsonObject): void;
}

/** Which layers of a model are meant: those in whose names an expression is found, or of which a function says so. */
export type LayerFilter<L> = string | RegExp | readonly (string | RegExp)[] | ((layer: L) => boolean);

/** What `quantize` of a model takes beside the mode. */
export interface QuantizeModelOptions<L> extends QuantizeOptions {
  /** Which layers are quantized. Defaults to all that can be. */
  readonly filters?: LayerFilter<L> | null | undefined;
}

/** What became of a model's layers. */
export interface QuantizationReport {
  /** The names of the layers that were quantized. */
  readonly quantized: readonly string[];
  /** The names of those that were not, and why. */
  readonly skipped: readonly { readonly name: string; readonly reason: string }[];
}
