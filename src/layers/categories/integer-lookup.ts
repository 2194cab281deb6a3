import type { OptionsOf } from "../../fields/field.ts";
import { anyInteger, nullable, optional } from "../../fields/kinds.ts";
import { choice } from "../../fields/shorthands.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions, oneTensor } from "../define.ts";
import { integers } from "./fields.ts";
import { IndexLookup } from "./index-lookup.ts";
import { modeFields, oovFields, sizeFields, weightFields } from "./lookup-fields.ts";

const fields = {
  ...sizeFields,
  /** What integers that stand for no term become when inverted. Defaults to -1. */
  oov_token: optional(nullable(anyInteger), -1),
  /** The integer that is no term but padding: 0, or in rows of numbers nothing. Defaults to none. */
  mask_token: optional(nullable(anyInteger), null),
  ...modeFields,
  /** The dtype of the vocabulary: there is one. Defaults to "int64". */
  vocabulary_dtype: choice("int64")("int64"),
  ...weightFields,
  /** The integers, those that are there most often first. Defaults to what `adapt` finds. */
  vocabulary: optional(nullable(integers), null),
  ...oovFields,
};

/** What {@link IntegerLookup} takes. */
export interface IntegerLookupOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Integers of any size as small ones by a vocabulary, or rows of numbers that count them; or back, as int64. Shape in is
 * shape out; rows of numbers take the place of the last axis, or follow it with `"one_hot"`.
 * Source: Keras 3.6 `layers/preprocessing/integer_lookup.py`.
 *
 * @example
 * const layer = new IntegerLookup({ vocabulary: [1138, 42] });
 * layer.apply(tensor([[42, 7]])).toArray(); // [[2, 0]]
 */
export class IntegerLookup extends kerasLayer(
  "IntegerLookup",
  fields,
  oneTensor,
  IndexLookup,
)<IntegerLookupOptions> {
  override get termDType(): "int64" {
    return "int64";
  }

  protected override asKeys(inputs: Numeric): Numeric {
    if (inputs.dtype !== "string") return asDType(inputs, "int64");
    throw this.problem("expected integers, received texts.");
  }
}
