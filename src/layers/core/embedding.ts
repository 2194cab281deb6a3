import { constraints } from "../../constraints/field.ts";
import { bool, opaque, positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { notEqual, take } from "../../ops/index.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizers } from "../../regularizers/field.ts";
import { kerasLayer } from "../define.ts";
import { type Lora, loraFields, makeLora, withLora } from "./lora.ts";

/**
 * A vector for each integer: from `(batch, …)` of integers to `(batch, …, output_dim)`. It makes a mask when told
 * that 0 is padding. Source: Keras 3.6 `layers/core/embedding.py`.
 *
 * @example
 * const y = new Embedding({ input_dim: 1000, output_dim: 64 }).apply(Input({ shape: [10], dtype: "int32" }));
 */
export class Embedding extends kerasLayer("Embedding", {
  /** How many integers there are: from 0 to one less. */
  input_dim: positiveInt(),
  /** The size of the vectors. */
  output_dim: positiveInt(),
  embeddings_initializer: initializer("uniform"),
  ...regularizers("embeddings", "activity"),
  ...constraints("embeddings"),
  /** Whether 0 is padding, to be left out by the layers behind. */
  mask_zero: bool(false),
  /** How the weights are quantized, kept as data. */
  quantization_config: opaque(null, { since: "3.13" }),
  ...loraFields,
}) {
  static override readonly supportsMasking = true;

  override autocast = false;
  declare embeddings: Variable;
  #lora: Lora | null = null;

  override build(): void {
    this.embeddings = this.weight("embeddings", [this.input_dim, this.output_dim]);
    const regularizer = this.embeddings_regularizer;
    this.#lora = makeLora(this.embeddings, this, regularizer, (options) => this.addWeight(options));
  }

  override call(x: Operand): Numeric {
    const vectors = take(withLora(this.embeddings, this.#lora), x, { axis: 0 });
    return asDType(vectors, this.computeDtype);
  }

  override computeMask(x: Operand): Numeric | null {
    return this.mask_zero ? notEqual(x, 0) : null;
  }
}
