import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { nullable, optional } from "../../fields/kinds.ts";
import { bool, floatBetween, integers, positiveInt, seed } from "../../fields/shorthands.ts";
import { placeOf } from "../../graph/graph.ts";
import { inspect } from "../../json/inspect.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { axisOf } from "../../ops/axes.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { Value } from "../../program/value.ts";
import type { Regularizer } from "../../regularizers/regularizer.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { Softmax } from "../activation/softmax.ts";
import { aShapeOrSize, type EinsumDense } from "../core/einsum-dense.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { lastAxis } from "../last-axis.ts";
import { Dropout } from "../regularization/dropout.ts";
import {
  attentionEquations,
  Heads,
  type HeadsArguments,
  type HeadsShapes,
  headsCall,
  headsMask,
  projection,
  projectionEquation,
  projectionFields,
} from "./heads.ts";

const fields = {
  /** How many heads attend side by side. */
  num_heads: positiveInt(),
  /** How many numbers query and key have in each head. */
  key_dim: positiveInt(),
  /** How many numbers the value has in each head. Defaults to `key_dim`. */
  value_dim: positiveInt(null),
  /** The share of the attention that is dropped in training, from 0 to 1. Defaults to 0. */
  dropout: floatBetween(0, 1)(0),
  /** Whether the projections add a bias. Defaults to true. */
  use_bias: bool(true),
  /** Whether the output is gated by the query. Defaults to false. */
  use_gate: bool(false, { since: "3.14" }),
  /** The output's size, or its shape without batch and positions. Defaults to the query's size. */
  output_shape: optional(nullable(aShapeOrSize), null),
  /** The axes of the inputs that attention is over. Defaults to all but batch and features. */
  attention_axes: integers(null),
  /** How near a value must be to be seen, itself counted. Defaults to any distance. */
  sliding_window: positiveInt(null, { since: "3.15" }),
  ...projectionFields,
  /** The penalty on the outputs of each projection that training adds to the loss. Defaults to none. */
  activity_regularizer: { ...projectionFields.activity_regularizer, property: "_activity_regularizer" },
  /** What makes the dropout reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(null, { since: "3.4" }),
};

/** What {@link MultiHeadAttention} takes. */
export interface MultiHeadAttentionOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Attention with several heads: called on query and value (and key, which defaults to value), of shapes
 * `(batch, T, dim)` and `(batch, S, dim)`; gives `(batch, T, dim)`. Source: Keras 3.6
 * `layers/attention/multi_head_attention.py`.
 *
 * @example
 * const x = Input({ shape: [16, 64] });
 * const y = new MultiHeadAttention({ num_heads: 4, key_dim: 16 }).apply(x, x, { use_causal_mask: true });
 */
export class MultiHeadAttention extends kerasLayer(
  "MultiHeadAttention",
  fields,
  headsCall,
)<MultiHeadAttentionOptions> {
  static override readonly supportsMasking = true;

  declare readonly value_dim: number;
  declare readonly _activity_regularizer: Regularizer | null;
  declare attention_axes: readonly number[] | null;
  declare query_dense: EinsumDense;
  declare key_dense: EinsumDense;
  declare _gate_dense: EinsumDense | null;
  declare value_dense: EinsumDense;
  declare _softmax: Softmax;
  declare _dropout_layer: Dropout;
  declare output_dense: EinsumDense;
  /** Whether masks of its inputs change nothing, as those of the oldest files do. */
  ignoresMasks = false;
  #heads: Heads | null = null;

  constructor(options: MultiHeadAttentionOptions) {
    super(options);
    this.activity_regularizer = null;
    this.value_dim ??= this.key_dim;
  }

  override build(query: Shape, { value_shape: value, key_shape }: HeadsShapes): void {
    const key = key_shape ?? value;
    const short = [query, value, key].find(({ length }) => length < 2);
    if (short)
      throw this.problem(
        `expected inputs of at least 2 dimensions, received shape ${formatShape(short)}.`,
        ShapeError,
      );
    if (String(value.slice(1, -1)) !== String(key.slice(1, -1))) {
      const message = `expected value and key to differ in the last axis only, received shapes ${formatShape(value)} and ${formatShape(key)}.`;
      throw this.problem(message, ShapeError);
    }
    const { num_heads: heads, key_dim, value_dim } = this;
    this.query_dense = this.#projection("query", query, key_dim);
    this.key_dense = this.#projection("key", key, key_dim);
    this._gate_dense = this.use_gate ? this.#projection("gate", query, value_dim, "sigmoid") : null;
    this.value_dense = this.#projection("value", value, value_dim);
    const rank = query.length + 1;
    const axes = this.attention_axes ?? Array.from({ length: rank - 3 }, (_, i) => i + 1);
    const place = `${placeOf(this)}.attention_axes`;
    this.attention_axes = axes.map((axis) => axisOf(axis, query.length, place));
    if (new Set(this.attention_axes).size < axes.length)
      throw this.problem(`expected different attention_axes, received ${inspect(axes)}.`);
    const equations = attentionEquations(rank, this.attention_axes);
    const dtype = this.dtype_policy;
    this._softmax = new Softmax({ axis: equations.keyAxes, dtype });
    this._dropout_layer = new Dropout({ rate: this.dropout, seed: this.seed, dtype });
    this.#heads = new Heads(equations, 1 / Math.sqrt(key_dim), this._softmax, this._dropout_layer);
    const made = this.output_shape ?? [lastAxis(this, query)];
    this.output_dense = projection(
      this,
      {
        name: "attention_output",
        ...projectionEquation(query.length - 1, 2, made.length),
        output_shape: [...new Array<null>(query.length - 2).fill(null), ...made],
      },
      [...query.slice(0, -1), heads, value_dim],
    );
  }

  override call(
    query: Operand,
    rest: HeadsArguments & { readonly value: Operand },
  ): Numeric | [output: Numeric, scores: Numeric] {
    const { value, key, training = false, return_attention_scores } = rest;
    const told = this.ignoresMasks ? { ...rest, query_mask: null, value_mask: null, key_mask: null } : rest;
    const mask = headsMask(query, value, told, this.sliding_window);
    const { output, scores } = this.#heads!.attend(
      this.query_dense.apply<Numeric>(query),
      this.key_dense.apply<Numeric>(key ?? value),
      this.value_dense.apply<Numeric>(value),
      mask,
      training,
    );
    const gated = this._gate_dense ? multiply(output, this._gate_dense.apply<Numeric>(query)) : output;
    const result = this.output_dense.apply<Numeric>(gated);
    return return_attention_scores ? [result, scores] : result;
  }

  /** Keras says that scores are as long as the query in both directions (`compute_output_spec`, 3.6 to 3.15). */
  protected override stated(result: Value | [Value, Value]): Value | [Value, Value] {
    if (!Array.isArray(result)) return result;
    const [output, scores] = result;
    const [batch, length] = output.shape as [number | null, number | null];
    return [output, new Value([batch, this.num_heads, length, length], scores.dtype)];
  }

  #projection(name: string, shape: Shape, size: number, activation?: string): EinsumDense {
    const options = {
      name,
      ...projectionEquation(shape.length - 1, 1, 2),
      output_shape: [...new Array<null>(shape.length - 2).fill(null), this.num_heads, size],
    };
    return projection(this, activation ? { ...options, activation } : options, shape);
  }
}
