import { getPolicy } from "../../dtype-policies/policy.ts";
import { ConfigError } from "../../errors.ts";
import { bool, choice, shape } from "../../fields/shorthands.ts";
import { KerasTensor, NO_KEYWORDS, Node } from "../../graph/graph.ts";
import { inspect, isPlain } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { type DType, dtypes } from "../../tensor/dtype.ts";
import type { Shape } from "../../tensor/shape.ts";
import { baseFields, Layer } from "../layer.ts";

/** What `Input` and `InputLayer` take. */
export interface InputOptions {
  /** The shape of one sample, without the batch; null is a dimension that may vary. This or `batch_shape` must be given. */
  readonly shape?: Shape | null | undefined;
  /** A fixed batch size. Defaults to null, any. */
  readonly batch_size?: number | null | undefined;
  /** The whole shape, the batch first, instead of `shape` and `batch_size`; null is a dimension that may vary. */
  readonly batch_shape?: Shape | null | undefined;
  /** The dtype of the values. Defaults to "float32". */
  readonly dtype?: DType | null | undefined;
  /** Whether the tensor is sparse, kept as data. Defaults to false. */
  readonly sparse?: boolean | null | undefined;
  /** Whether the tensor is ragged, kept as data. Defaults to false. */
  readonly ragged?: boolean | null | undefined;
  /** Whether null may be given for it. Defaults to false. */
  readonly optional?: boolean | null | undefined;
  /** A name without `/`, unique within a model. Defaults to one such as `input_layer_1`. */
  readonly name?: string | null | undefined;
}

const inputFields = {
  batch_shape: shape(),
  // at most 20: all dtypes there are
  dtype: { ...choice(...dtypes)("float32"), property: "inputDtype" },
  sparse: bool(false),
  ragged: bool(false, { since: "3.9" }),
  name: baseFields.name,
  optional: bool(false, { since: "3.13" }),
};

/**
 * The beginning of a model: an input of a given shape and dtype. Usually made by {@link Input}.
 * Source: Keras 3.6 `layers/core/input_layer.py`.
 */
export class InputLayer extends Layer {
  static override get className(): string {
    return this === InputLayer ? "InputLayer" : this.name;
  }
  static override get module(): string | null {
    return this === InputLayer ? "keras.layers" : null;
  }
  static override readonly fields = inputFields;
  static override readonly isBuiltAtOnce = true;

  declare readonly batch_shape: Shape;
  declare readonly inputDtype: DType;
  declare readonly sparse: boolean;
  declare readonly ragged: boolean;
  declare readonly optional: boolean;
  readonly #tensor: KerasTensor;

  constructor(options: InputOptions) {
    super(standardize(options));
    Object.defineProperty(this, "dtype_policy", { value: getPolicy(null), enumerable: false });
    const node = new Node(this, [], NO_KEYWORDS, []);
    const spec = { shape: this.batch_shape, dtype: this.inputDtype };
    this.#tensor = new KerasTensor(spec, node, 0, this.name);
    node.outputs = [this.#tensor];
    node.structure = this.#tensor;
  }

  /** The tensor that stands for the input. */
  override get output(): KerasTensor {
    return this.#tensor;
  }

  override get dtype(): DType {
    return this.inputDtype;
  }

  override getBuildConfig(): JsonObject | undefined {
    return undefined;
  }

  override call(): never {
    throw this.problem(
      "expected nothing to call it, received a call: an InputLayer only stands for an input.",
    );
  }
}

/**
 * An input of a model: a KerasTensor to call layers on.
 *
 * @example
 * const x = Input({ shape: [28, 28, 1] });
 * const y = new Dense({ units: 10 }).apply(new Flatten().apply(x));
 * const model = new Functional({ inputs: x, outputs: y });
 */
export function Input(options: InputOptions): KerasTensor {
  return new InputLayer(options).output;
}

/** Makes one `batch_shape` of the ways to give a shape, and checks that only one was used. */
function standardize(options: InputOptions): object {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const example = "an object of options such as { shape: [28, 28, 1] }";
    throw new ConfigError("Input", `expected ${example}, received ${inspect(options)}.`);
  }
  const isWhole = options.batch_shape != null && !("shape" in options || "batch_size" in options);
  if (!isPlain(options) || (isWhole && !Object.values(options).includes(null))) return options;
  const { shape, batch_size, batch_shape, ...rest } = options;
  if ("trainable" in rest) delete (rest as { trainable?: unknown }).trainable;
  for (const key of ["dtype", "sparse", "ragged", "optional"] as const)
    if (rest[key] === null) delete (rest as Record<string, unknown>)[key];
  if (batch_shape != null) {
    if (shape == null && batch_size == null) return { ...rest, batch_shape };
    throw new ConfigError(
      "Input",
      `expected either batch_shape or ${shape != null ? "shape" : "batch_size"}, received both.`,
    );
  }
  if (shape == null) throw new ConfigError("Input", "expected a shape, received nothing.");
  if (!Array.isArray(shape))
    throw new ConfigError(
      "Input",
      `expected shape to be a list such as [28, 28, 1], received ${inspect(shape)}.`,
    );
  return { ...rest, batch_shape: [batch_size ?? null, ...shape] };
}
