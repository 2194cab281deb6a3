import type { KerasTensor } from "../../graph/graph.ts";
import type { MultiHeadAttention } from "../../layers/attention/multi-head-attention.ts";
import { Dense } from "../../layers/core/dense.ts";
import type { EinsumDense } from "../../layers/core/einsum-dense.ts";
import { Add } from "../../layers/merging/index.ts";
import { callsOf, type Given, givenBy, saysOnly } from "../given.ts";
import type { Move, Row, Target } from "../unfolding.ts";
import { partOf } from "./part.ts";
import { Scores } from "./scores.ts";

/** What has more heads stays one layer, so that a small config makes no huge model. */
const mostHeads = 256;

/** TensorFlow.js multiplies tensors of three axes at most: each head is some layers of its own. */
const heads: Row = (layer: MultiHeadAttention, target) => {
  const isPlain = callsOf(layer).every(isPlainCall);
  const isFlat = layer.query_dense.kernel.shape.length === 3 && layer.output_dense.kernel.shape.length === 3;
  if (!isPlain || !isFlat || layer._gate_dense || layer.sliding_window) return null;
  const { query_dense, key_dense, value_dense, output_dense } = layer;
  const isInBits = [query_dense, key_dense, value_dense, output_dense].some(
    ({ quantizedWeight, lora }) => quantizedWeight || lora,
  );
  if (isInBits || layer.num_heads > mostHeads) return null;
  const { kernel_regularizer, bias_regularizer, kernel_constraint, bias_constraint } = layer;
  const rules = [kernel_regularizer, bias_regularizer, kernel_constraint, bias_constraint];
  const isRuled = [...rules, layer._activity_regularizer].some((rule) => rule !== null);
  const all = Array.from({ length: layer.num_heads }, (_, at) => new Head(layer, at, target));
  const sum = all.length > 1 ? new Add({ name: layer.name }) : null;
  return {
    says: `is written out as ${all.length} heads of Dense, Dot and Softmax${isRuled ? ", without its regularizers and constraints" : ""}.`,
    holder: null,
    layers: null,
    moves: () => all.flatMap((head) => head.moves()),
    calls(...args) {
      const { query, value, key } = givenBy(layer, args) as unknown as Attended;
      const parts = all.map((head) => head.call(query, value, key ?? value));
      return sum ? sum.apply<KerasTensor>(parts) : parts[0]!;
    },
  };
};

interface Attended {
  readonly query: KerasTensor;
  readonly value: KerasTensor;
  readonly key?: KerasTensor | null;
}

function isPlainCall(given: Given): boolean {
  const { query, value, key } = given as unknown as Attended;
  const isSequence = ({ rank, dtype }: KerasTensor) => rank === 3 && dtype === "float32";
  return saysOnly(given, "query", "value", "key") && [query, value, key ?? value].every(isSequence);
}

class Head {
  readonly #of: MultiHeadAttention;
  readonly #at: number;
  readonly #query: Dense;
  readonly #key: Dense;
  readonly #value: Dense;
  readonly #output: Dense;
  readonly #scores: Scores;

  constructor(layer: MultiHeadAttention, at: number, { free }: Target) {
    this.#of = layer;
    this.#at = at;
    const { name, trainable, key_dim, value_dim, use_bias } = layer;
    const named = (part: string) => free(`${name}_${at}_${part}`);
    const dense = (part: string, units: number, use_bias: boolean, name = named(part)) =>
      new Dense({ name, trainable, units, use_bias });
    this.#query = dense("query", key_dim, use_bias);
    this.#key = dense("key", key_dim, use_bias);
    this.#value = dense("value", value_dim, use_bias);
    const isOnly = layer.num_heads === 1;
    // A bias for all of them comes with the first.
    const units = layer.output_dense.kernel.shape[2]!;
    this.#output = dense("output", units, use_bias && at === 0, isOnly ? name : named("output"));
    this.#scores = new Scores(layer.dropout, named);
  }

  call(query: KerasTensor, value: KerasTensor, key: KerasTensor): KerasTensor {
    const [q, k, v] = [this.#query.apply(query), this.#key.apply(key), this.#value.apply(value)];
    return this.#output.apply<KerasTensor>(this.#scores.attend(q, k, v));
  }

  moves(): readonly Move[] {
    const { query_dense, key_dense, value_dense, output_dense, key_dim } = this.#of;
    const at = this.#at;
    return [
      ...projected(query_dense, this.#query, at, 1 / Math.sqrt(key_dim)),
      ...projected(key_dense, this.#key, at),
      ...projected(value_dense, this.#value, at),
      [output_dense.kernel, this.#output.kernel, (tensor) => partOf(tensor, 0, at)],
      ...(output_dense.bias && this.#output.bias ? [[output_dense.bias, this.#output.bias] as const] : []),
    ];
  }
}

/** The part of a projection that is one head's. */
function projected(from: EinsumDense, to: Dense, at: number, by = 1): readonly Move[] {
  const kernel: Move = [from.kernel, to.kernel, (tensor) => partOf(tensor, 1, at, by)];
  return from.bias && to.bias
    ? [kernel, [from.bias, to.bias, (tensor) => partOf(tensor, 0, at, by)]]
    : [kernel];
}

export const multiHead: Readonly<Record<string, Row>> = { MultiHeadAttention: heads };
