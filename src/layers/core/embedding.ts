import { constraint } from "../../constraints/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { bool, opaque, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { isPlain } from "../../json/inspect.ts";
import { notEqual } from "../../ops/comparison.ts";
import { asDType } from "../../ops/operands.ts";
import { take } from "../../ops/take.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { QuantizedRows } from "../../quantizers/weights/quantization.ts";
import { regularizer } from "../../regularizers/field.ts";
import { castTensor } from "../../tensor/cast.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { type Lora, loraFields, makeLora, withLora } from "./lora.ts";

export const embeddingFields = {
  /** How many integers there are: inputs are from 0 to one less. */
  input_dim: positiveInt(),
  /** How many numbers each vector has. */
  output_dim: positiveInt(),
  /** What the vectors are filled with when they are made. Defaults to "uniform". */
  embeddings_initializer: initializer("uniform"),
  /** The penalty on the vectors that training adds to the loss. Defaults to none. */
  embeddings_regularizer: regularizer(),
  ...outputPenalty,
  /** What the vectors are made to fulfil after each step of training. Defaults to none. */
  embeddings_constraint: constraint(),
  /** Whether 0 is padding, which a mask tells the layers behind. Defaults to false. */
  mask_zero: bool(false),
  /** How the weights are quantized, kept as data. Defaults to none. */
  quantization_config: opaque(null, { since: "3.13", droppable: true }),
  ...loraFields,
};

/** What {@link Embedding} takes. */
export interface EmbeddingOptions extends LayerOptions, OptionsOf<typeof embeddingFields> {
  /** The vectors, of the shape `(input_dim, output_dim)`, in place of those of the initializer; no part of the config. Defaults to none. */
  readonly weights?: Tensor | readonly [Tensor] | null | undefined;
}

/**
 * A vector for each integer: from `(batch, …)` of integers to `(batch, …, output_dim)`. It makes a mask when told
 * that 0 is padding. Source: Keras 3.6 `layers/core/embedding.py`.
 *
 * @example
 * const y = new Embedding({ input_dim: 1000, output_dim: 64 }).apply(Input({ shape: [10], dtype: "int32" }));
 */
export class Embedding extends kerasLayer("Embedding", embeddingFields)<EmbeddingOptions> {
  static override readonly supportsMasking = true;
  static readonly quantizedIn = ["int8", "int4"];

  override autocast = false;
  declare embeddings: Variable;
  declare quantizedWeight?: QuantizedRows | undefined;
  lora: Lora | null = null;

  constructor(options: EmbeddingOptions) {
    const { weights, rest } = withoutWeights(options);
    super(rest);
    if (weights === null) return;
    this.buildChecked({});
    const given = weights instanceof Tensor ? [weights] : weights;
    this.setWeights(given.map((vectors) => castTensor(vectors, this.variableDtype)));
  }

  override build(): void {
    const use = { name: "embeddings", shape: [this.input_dim, this.output_dim] } as const;
    this.quantizedWeight = this.ownPolicy.quantization?.rows(this.quantizable(use));
    this.embeddings = this.quantizedWeight?.variable ?? this.weight("embeddings", use.shape);
    const regularizer = this.embeddings_regularizer;
    this.lora = makeLora(this.embeddings, use.shape, this, regularizer, (options) => this.addWeight(options));
  }

  override call(x: Operand): Numeric {
    if (this.quantizedWeight) return this.quantizedWeight.rows(x, this.lora);
    const vectors = take(withLora(this.embeddings, this.lora), x, { axis: 0 });
    return asDType(vectors, this.computeDtype);
  }

  override computeMask(x: Operand): Numeric | null {
    return this.mask_zero ? notEqual(x, 0) : null;
  }
}

/** The options of the fields, and the vectors that are given beside them. */
function withoutWeights(options: EmbeddingOptions) {
  if (!isPlain(options) || !("weights" in options)) return { weights: null, rest: options };
  const { weights = null, ...rest } = options;
  return { weights, rest };
}
