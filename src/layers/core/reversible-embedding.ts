import type { OptionsOf } from "../../fields/field.ts";
import { bool, choice, float } from "../../fields/shorthands.ts";
import { aTensor, flag, takes } from "../../graph/signature.ts";
import { divide, multiply } from "../../ops/arithmetic.ts";
import { notEqual } from "../../ops/comparison.ts";
import { tanh } from "../../ops/float-functions.ts";
import { matmul } from "../../ops/matmul.ts";
import { asDType } from "../../ops/operands.ts";
import { take } from "../../ops/take.ts";
import { transpose } from "../../ops/transposing.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { QuantizedColumns, QuantizedRows } from "../../quantizers/weights/quantization.ts";
import { numericDTypes } from "../../tensor/dtype.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { embeddingFields } from "./embedding.ts";
import { type Lora, makeLora, withLora } from "./lora.ts";

const fields = {
  ...embeddingFields,
  /** Whether the way back takes the same vectors, transposed; else it has weights of its own. Defaults to true. */
  tie_weights: bool(true),
  /** The dtype that the way back is computed in. Defaults to that of the layer. */
  // at most 20: all dtypes there are
  reverse_dtype: choice(...numericDTypes)(null),
  /** What the way back is kept within, by `tanh(y / cap) · cap`. Defaults to none. */
  logit_soft_cap: float(null),
};

/** What {@link ReversibleEmbedding} takes. */
export interface ReversibleEmbeddingOptions extends LayerOptions, OptionsOf<typeof fields> {}

interface Way {
  readonly reverse: boolean;
}

/**
 * A vector for each integer, as {@link Embedding} has them, and the way back: called with `reverse: true` it goes from
 * `(batch, …, output_dim)` to a score for each integer, `(batch, …, input_dim)`. Source: Keras 3.15
 * `layers/core/reversible_embedding.py`.
 *
 * @example
 * const embedding = new ReversibleEmbedding({ input_dim: 1000, output_dim: 64 });
 * const vectors = embedding.apply(Input({ shape: [10], dtype: "int32" })); // [null, 10, 64]
 * const scores = embedding.apply(vectors, { reverse: true }); // [null, 10, 1000]
 */
export class ReversibleEmbedding extends kerasLayer(
  "ReversibleEmbedding",
  fields,
  takes("inputs", { inputs: aTensor(), reverse: flag(false) }),
)<ReversibleEmbeddingOptions> {
  static override readonly supportsMasking = true;
  static readonly quantizedIn = ["int8", "int4"];

  override autocast = false;
  declare embeddings: Variable;
  declare reverse_embeddings: Variable;
  declare quantizedWeight?: QuantizedRows | undefined;
  declare quantizedColumns?: QuantizedColumns | undefined;
  lora: Lora | null = null;

  override build(): void {
    const { input_dim, output_dim, embeddings_regularizer, embeddings_initializer } = this;
    const shape = [input_dim, output_dim] as const;
    const rows = this.ownPolicy.quantization?.rows(this.quantizable({ name: "embeddings", shape }));
    this.quantizedWeight = rows;
    this.embeddings = rows?.variable ?? this.weight("embeddings", shape);
    this.lora = makeLora(this.embeddings, shape, this, embeddings_regularizer, (options) =>
      this.addWeight(options),
    );
    if (this.tie_weights) return;
    const back = { name: "reverse_embeddings", shape: [output_dim, input_dim] } as const;
    this.quantizedColumns = rows?.columns(this.quantizable(back));
    this.reverse_embeddings =
      this.quantizedColumns?.variable ?? this.addWeight({ ...back, initializer: embeddings_initializer });
  }

  override call(x: Numeric, { reverse }: Way): Numeric {
    const few = this.quantizedWeight;
    if (few) return reverse ? this.#capped((this.quantizedColumns ?? few).back(x)) : few.rows(x, this.lora);
    const embeddings = withLora(this.embeddings, this.lora);
    if (reverse) return this.#back(x, this.tie_weights ? transpose(embeddings) : this.reverse_embeddings);
    return asDType(take(embeddings, x, { axis: 0 }), this.computeDtype);
  }

  override computeMask(x: Operand, _: unknown, { reverse }: Way): Numeric | null {
    return this.mask_zero && !reverse ? notEqual(x, 0) : null;
  }

  #back(x: Numeric, vectors: Operand): Numeric {
    const { reverse_dtype: dtype } = this;
    // Read in the compute dtype, as where Keras calls the layer on its own.
    const kernel = asDType(vectors, this.computeDtype);
    const logits = dtype === null ? matmul(x, kernel) : matmul(asDType(x, dtype), asDType(kernel, dtype));
    return this.#capped(logits);
  }

  #capped(logits: Numeric): Numeric {
    const { logit_soft_cap: cap } = this;
    return cap === null ? logits : multiply(tanh(divide(logits, cap)), cap);
  }
}
