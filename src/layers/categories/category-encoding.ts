import type { OptionsOf } from "../../fields/field.ts";
import { optional } from "../../fields/kinds.ts";
import { bool, positiveInt } from "../../fields/shorthands.ts";
import { aTensor, takes } from "../../graph/signature.ts";
import { inspect } from "../../json/inspect.ts";
import type { Numeric } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { encode } from "./encode.ts";
import { aMode } from "./fields.ts";
import { refuseSparse } from "./sparse.ts";

const fields = {
  /** How many categories there are: inputs are from 0 to one less, others count nowhere. */
  num_tokens: positiveInt(),
  /**
   * `"one_hot"`: a row of numbers for each integer; `"multi_hot"`, `"count"`: a row for all along the last axis, which
   * says which, or how many, there are. Defaults to "multi_hot".
   */
  output_mode: optional(
    aMode<"one_hot" | "multi_hot" | "count">("one_hot", "multi_hot", "count"),
    "multi_hot",
  ),
  /** Whether rows are sparse tensors. There are none here: a call fails. Defaults to false. */
  sparse: bool(false, { since: "3.16" }),
};

/** What {@link CategoryEncoding} takes. */
export interface CategoryEncodingOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Integers as rows of `num_tokens` numbers: from `(batch, n)` to `(batch, num_tokens)`, or with `"one_hot"` to
 * `(batch, n, num_tokens)`, and from `(batch, 1)` to `(batch, num_tokens)`. With `"count"` a call may take
 * `count_weights`, a number for each integer. Source: Keras 3.6 `layers/preprocessing/category_encoding.py`.
 *
 * @example
 * const layer = new CategoryEncoding({ num_tokens: 4 });
 * const rows = layer.apply(tensor([[0, 2], [3, 3]])).toArray(); // [[1, 0, 1, 0], [0, 0, 0, 1]]
 */
export class CategoryEncoding extends kerasLayer(
  "CategoryEncoding",
  fields,
  takes("inputs", { inputs: aTensor(), count_weights: aTensor().optional() }),
)<CategoryEncodingOptions> {
  /** How many categories there are. */
  get categoryCount(): number {
    return this.num_tokens;
  }

  override call(
    inputs: Numeric,
    { count_weights: weights }: { readonly count_weights: Numeric | null },
  ): Numeric {
    const { output_mode, num_tokens } = this;
    refuseSparse(this);
    if (weights && output_mode !== "count")
      throw this.problem(
        `expected no count_weights, because output_mode is ${inspect(output_mode)}, received some.`,
      );
    return encode(inputs, output_mode, num_tokens, weights?.dtype ?? this.variableDtype, weights ?? null);
  }
}
