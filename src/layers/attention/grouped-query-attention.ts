import type { OptionsOf } from "../../fields/field.ts";
import { bool, floatBetween, positiveInt, seed } from "../../fields/shorthands.ts";
import { autoName } from "../../graph/naming.ts";
import { isPlain } from "../../json/inspect.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { repeat } from "../../ops/repeating.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Softmax } from "../activation/softmax.ts";
import type { EinsumDense } from "../core/einsum-dense.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { lastAxis } from "../last-axis.ts";
import { optionProblem } from "../option-problem.ts";
import { Dropout } from "../regularization/dropout.ts";
import {
  attentionEquations,
  Heads,
  type HeadsArguments,
  type HeadsShapes,
  headsCall,
  headsMask,
  projection,
  projectionFields,
} from "./heads.ts";

const fields = {
  /** How many numbers query, key and value have in each head. */
  head_dim: positiveInt(),
  /** How many heads the query has. */
  num_query_heads: positiveInt(),
  /** How many heads key and value have; divides the number of query heads. */
  num_key_value_heads: positiveInt(),
  /** Whether the projections add a bias. Defaults to true. */
  use_bias: bool(true),
  /** Whether the output is gated by the query. Defaults to false. */
  use_gate: bool(false, { since: "3.14" }),
  /** How near a value must be to be seen, itself counted. Defaults to any distance. */
  sliding_window: positiveInt(null, { since: "3.15" }),
  /** The share of the attention that is dropped in training, from 0 to 1. Defaults to 0. */
  dropout: floatBetween(0, 1)(0),
  ...projectionFields,
  /** What makes the dropout reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(null, { since: "3.7" }),
};

/** What {@link GroupedQueryAttention} takes. */
export interface GroupedQueryAttentionOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Attention where several query heads share one head of key and value: called on query and value (and key, which
 * defaults to value), of shapes `(batch, T, dim)` and `(batch, S, dim)`; gives `(batch, T, dim)`. Configs call it
 * `GroupQueryAttention`. Source: Keras 3.6 `layers/attention/grouped_query_attention.py`.
 *
 * @example
 * const x = Input({ shape: [16, 64] });
 * const options = { head_dim: 16, num_query_heads: 4, num_key_value_heads: 2 };
 * const y = new GroupedQueryAttention(options).apply(x, x);
 */
export class GroupedQueryAttention extends kerasLayer(
  "GroupQueryAttention",
  fields,
  headsCall,
)<GroupedQueryAttentionOptions> {
  static override readonly supportsMasking = true;
  static get pythonName(): string | null {
    return this === GroupedQueryAttention ? "GroupedQueryAttention" : null;
  }

  declare _query_dense: EinsumDense;
  declare _key_dense: EinsumDense;
  declare _gate_dense: EinsumDense | null;
  declare _value_dense: EinsumDense;
  declare _softmax: Softmax;
  declare _dropout_layer: Dropout;
  declare _output_dense: EinsumDense;
  #heads: Heads | null = null;

  constructor(options: GroupedQueryAttentionOptions) {
    super(
      isPlain(options) && options.name == null
        ? { ...options, name: autoName("GroupedQueryAttention") }
        : options,
    );
    const { num_query_heads: queries, num_key_value_heads: shared } = this;
    if (queries % shared !== 0) {
      const message = `expected a divisor of num_query_heads, ${queries}, received ${shared}.`;
      throw optionProblem("GroupedQueryAttention", "num_key_value_heads", message);
    }
  }

  override build(query: Shape, { value_shape: value, key_shape: key = value }: HeadsShapes): void {
    const { num_query_heads: queries, num_key_value_heads: shared, head_dim } = this;
    this._query_dense = this.#projection("query", query, queries);
    this._key_dense = this.#projection("key", key, shared);
    this._gate_dense = this.use_gate ? this.#projection("gate", query, queries, "sigmoid") : null;
    this._value_dense = this.#projection("value", value, shared);
    const dtype = this.dtype_policy;
    const equations = attentionEquations(4, [1]);
    this._softmax = new Softmax({ axis: -1, dtype });
    this._dropout_layer = new Dropout({ rate: this.dropout, seed: this.seed, dtype });
    this.#heads = new Heads(equations, 1 / Math.sqrt(head_dim), this._softmax, this._dropout_layer);
    const size = lastAxis(this, query);
    this._output_dense = projection(
      this,
      { name: "attention_output", equation: "bquh,uhm->bqm", bias_axes: "m", output_shape: [null, size] },
      [null, null, queries, head_dim],
    );
  }

  override call(
    query: Operand,
    rest: HeadsArguments & { readonly value: Operand },
  ): Numeric | [output: Numeric, scores: Numeric] {
    const { value, key, training = false, return_attention_scores } = rest;
    const repeats = this.num_query_heads / this.num_key_value_heads;
    const perQuery = (x: Operand) => (repeats === 1 ? x : repeat(x, { repeats, axis: 2 }));
    const { output, scores } = this.#heads!.attend(
      this._query_dense.apply<Numeric>(query),
      perQuery(this._key_dense.apply<Numeric>(key ?? value)),
      perQuery(this._value_dense.apply<Numeric>(value)),
      headsMask(query, value, rest, this.sliding_window),
      training,
    );
    const gated = this._gate_dense ? multiply(output, this._gate_dense.apply<Numeric>(query)) : output;
    const result = this._output_dense.apply<Numeric>(gated);
    return return_attention_scores ? [result, scores] : result;
  }

  #projection(name: string, shape: Shape, heads: number, activation?: string): EinsumDense {
    const options = {
      name,
      equation: "bqm,muh->bquh",
      bias_axes: "uh",
      output_shape: [null, heads, this.head_dim],
    };
    return projection(this, activation ? { ...options, activation } : options, shape);
  }
}
