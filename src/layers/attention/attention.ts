import type { OptionsOf } from "../../fields/field.ts";
import { bool, choice, floatBetween, seed } from "../../fields/shorthands.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { tanh } from "../../ops/float-functions.ts";
import { matmul } from "../../ops/matmul.ts";
import { sum } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { swapaxes } from "../../ops/transposing.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import type { Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { lastAxis } from "../last-axis.ts";
import {
  type AttentionArguments,
  attend,
  attentionCall,
  checkInputs,
  type ListedMasks,
} from "./attention-base.ts";

const share = floatBetween(0, 1);

const attentionFields = {
  /** Whether scores are multiplied by a learned number. Defaults to false. */
  use_scale: bool(false),
  /** The score of a query and a key: their dot product, or with `"concat"` the sum of `tanh(query + key)` times a learned number. Defaults to "dot". */
  score_mode: choice("dot", "concat")("dot"),
  /** The share of the attention, from 0 to 1, that is dropped in training. Defaults to 0. */
  dropout: share(0),
  /** What makes the dropout reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(null, { since: "3.15" }),
};

/** What {@link Attention} takes. */
export interface AttentionOptions extends LayerOptions, OptionsOf<typeof attentionFields> {}

/**
 * Attention by dot products: called on `[query, value]` or `[query, value, key]`, of shapes `(batch, Tq, dim)`,
 * `(batch, Tv, dim)` and `(batch, Tv, dim)`; gives `(batch, Tq, dim)`. Source: Keras 3.6 `layers/attention/attention.py`.
 *
 * @example
 * const y = new Attention().apply([Input({ shape: [4, 8] }), Input({ shape: [6, 8] })]); // [null, 4, 8]
 */
export class Attention extends kerasLayer("Attention", attentionFields, attentionCall)<AttentionOptions> {
  static override readonly supportsMasking = true;

  declare scale: Variable | null;
  declare concat_score_weight: Variable | null;
  readonly seed_generator = this.dropout > 0 ? new SeedGenerator({ seed: this.seed }) : null;

  override build(shapes: readonly Shape[]): void {
    checkInputs(this, shapes);
    const weight = (name: string) => this.addWeight({ name, shape: [], initializer: "ones" });
    this.scale = this.use_scale ? weight("scale") : null;
    this.concat_score_weight = this.score_mode === "concat" ? weight("concat_score_weight") : null;
  }

  override call(inputs: readonly Operand[], rest: AttentionArguments): Numeric | [Numeric, Numeric] {
    return attend(this, inputs, rest, (query, key) => this.#score(query, key));
  }

  override computeMask(_inputs: unknown, carried: ListedMasks, { mask }: AttentionArguments): Numeric | null {
    return (mask ?? carried)[0] ?? null;
  }

  #score(query: Operand, key: Operand): Numeric {
    const { scale, concat_score_weight: weight } = this;
    if (weight === null) {
      const product = matmul(query, swapaxes(key, { axis1: -2, axis2: -1 }));
      return scale ? multiply(product, scale) : product;
    }
    const pairs = add(expandDims(query, { axis: -2 }), expandDims(key, { axis: -3 }));
    return multiply(weight, sum(tanh(scale ? multiply(scale, pairs) : pairs), { axis: -1 }));
  }
}

const additiveAttentionFields = {
  /** Whether features are weighted by a learned vector. Defaults to true. */
  use_scale: bool(true),
  /** The share of the attention, from 0 to 1, that is dropped in training. Defaults to 0. */
  dropout: share(0),
  /** What makes the dropout reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(null, { since: "3.15" }),
};

/** What {@link AdditiveAttention} takes. */
export interface AdditiveAttentionOptions extends LayerOptions, OptionsOf<typeof additiveAttentionFields> {}

/**
 * Attention by sums, Bahdanau's: called on `[query, value]` or `[query, value, key]`, of shapes `(batch, Tq, dim)`,
 * `(batch, Tv, dim)` and `(batch, Tv, dim)`; gives `(batch, Tq, dim)`.
 * Source: Keras 3.6 `layers/attention/additive_attention.py`.
 *
 * @example
 * const y = new AdditiveAttention().apply([Input({ shape: [4, 8] }), Input({ shape: [6, 8] })]); // [null, 4, 8]
 */
export class AdditiveAttention extends kerasLayer(
  "AdditiveAttention",
  additiveAttentionFields,
  attentionCall,
)<AdditiveAttentionOptions> {
  static override readonly supportsMasking = true;

  declare scale: Variable | null;
  readonly seed_generator = this.dropout > 0 ? new SeedGenerator({ seed: this.seed }) : null;

  override build(shapes: readonly Shape[]): void {
    checkInputs(this, shapes);
    const size = lastAxis(this, shapes[0]);
    this.scale = this.use_scale
      ? this.addWeight({ name: "scale", shape: [size], initializer: "glorot_uniform" })
      : null;
  }

  override call(inputs: readonly Operand[], rest: AttentionArguments): Numeric | [Numeric, Numeric] {
    return attend(this, inputs, rest, (query, key) => this.#score(query, key));
  }

  override computeMask(_inputs: unknown, carried: ListedMasks, { mask }: AttentionArguments): Numeric | null {
    return (mask ?? carried)[0] ?? null;
  }

  #score(query: Operand, key: Operand): Numeric {
    const bent = tanh(add(expandDims(query, { axis: -2 }), expandDims(key, { axis: -3 })));
    return sum(this.scale ? multiply(this.scale, bent) : bent, { axis: -1 });
  }
}
