import type { OptionsOf } from "../../fields/field.ts";
import {
  anyInteger,
  aPositiveInteger,
  aString,
  either,
  nullable,
  optional,
  refine,
  required,
} from "../../fields/kinds.ts";
import { bool } from "../../fields/shorthands.ts";
import { add } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { asDType, rankOf } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { textPrim } from "../../program/rules/text.ts";
import { fromNested } from "../../tensor/create.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { type Encoding, encode } from "./encode.ts";
import { aMode, aSalt, saltOf } from "./fields.ts";
import { refuseSparse } from "./sparse.ts";

/** As many bins as int32 can tell apart. */
export const bins = refine(aPositiveInteger, "a positive integer below 2^31", (count) => count < 2 ** 31, {
  type: "integer",
  minimum: 1,
  maximum: 2 ** 31 - 1,
});

const fields = {
  /** How many bins there are, that of `mask_value` among them. */
  num_bins: required(bins),
  /** The key of another hash, which is hard to guess without it: two integers, or one for both. Defaults to none. */
  salt: optional(nullable(aSalt), null),
  /** The text or integer that is padding: bin 0, which then nothing else has. Defaults to none. */
  mask_value: optional(nullable(either(aString, (input) => typeof input === "string", anyInteger)), null),
  /**
   * `"int"`: the number of a bin for each element; `"one_hot"`: a row of numbers for each; `"multi_hot"`, `"count"`: a row
   * for all along the last axis, which says in which bins, or how often, they are. Defaults to "int".
   */
  output_mode: optional(aMode<Encoding>("int", "one_hot", "multi_hot", "count"), "int"),
  /** Whether rows are sparse tensors. There are none here: a call fails. Defaults to false. */
  sparse: bool(false),
};

/** What {@link Hashing} takes. */
export interface HashingOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Texts or integers as the numbers of bins, by a hash that stays the same: TensorFlow's. Shape in is shape out; rows of
 * numbers take the place of the last axis, or follow it with `"one_hot"`. Numbers of bins are int64, rows float32, unless
 * `dtype` says so. Source: Keras 3.6 `layers/preprocessing/hashing.py`.
 *
 * @example
 * const layer = new Hashing({ num_bins: 3 });
 * const numbers = layer.apply(tensor([["A"], ["B"], ["C"]])).toArray(); // [[1], [0], [1]]
 */
export class Hashing extends kerasLayer("Hashing", fields)<HashingOptions> {
  override autocast = false;

  constructor(options: HashingOptions) {
    super(withDType(options));
    if (this.output_mode === "int" && !["int32", "int64"].includes(this.variableDtype))
      throw this.problem(
        `expected dtype to be "int32" or "int64", because output_mode is "int", received ${this.variableDtype}.`,
      );
  }

  /** How many bins there are. */
  get categoryCount(): number {
    return this.num_bins;
  }

  override call(inputs: Numeric): Numeric {
    refuseSparse(this);
    const isColumn = this.output_mode === "one_hot" && inputs.shape.at(-1) === 1;
    const x = isColumn ? reshapeTo(inputs, dimensions(inputs).slice(0, rankOf(inputs) - 1)) : inputs;
    return encode(this.#bins(x), this.output_mode, this.num_bins, this.variableDtype);
  }

  #bins(x: Numeric): Numeric {
    const { num_bins, mask_value: mask } = this;
    const keys = isFloat(x.dtype) ? asDType(x, "int64") : x;
    const hasMask = mask !== null && num_bins > 1;
    const hashed = textPrim("hash_text", [keys], {
      bins: num_bins - Number(hasMask),
      salt: saltOf(this.salt),
    });
    if (!hasMask) return hashed;
    if ((typeof mask === "string") !== (x.dtype === "string"))
      throw this.problem(`expected inputs as mask_value is, a ${typeof mask}, received ${x.dtype}.`);
    const isMask = prim("eq", [x, fromNested(mask, x.dtype)]);
    return where(isMask, 0, add(hashed, 1));
  }
}

/** Options with the dtype that numbers of bins have where nobody says another, or that rows have. */
export function withDType<O extends { readonly dtype?: unknown; readonly output_mode?: unknown }>(
  options: O,
): O {
  if (typeof options !== "object" || options === null || options.dtype != null) return options;
  return { ...options, dtype: (options.output_mode ?? "int") === "int" ? "int64" : "float32" };
}
