import type { OptionsOf } from "../../fields/field.ts";
import { nullable, optional } from "../../fields/kinds.ts";
import { string } from "../../fields/shorthands.ts";
import type { Numeric } from "../../program/emit.ts";
import { kerasLayer, type LayerOptions, oneTensor } from "../define.ts";
import { texts } from "./fields.ts";
import { type GetVocabularyOptions, IndexLookup } from "./index-lookup.ts";
import { modeFields, oovFields, sizeFields, weightFields } from "./lookup-fields.ts";

const fields = {
  ...sizeFields,
  /** What integers that stand for no term become when inverted. Defaults to "[UNK]". */
  oov_token: string("[UNK]"),
  /** The text that is no term but padding: 0, or in rows of numbers nothing. Defaults to none. */
  mask_token: string(null),
  ...modeFields,
  ...weightFields,
  /** The texts, those that are there most often first. Defaults to what `adapt` finds. */
  vocabulary: optional(nullable(texts), null),
  ...oovFields,
  /** The encoding of texts in Python, kept as data. Defaults to "utf-8". */
  encoding: string("utf-8"),
};

/** What {@link StringLookup} takes. */
export interface StringLookupOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Texts as integers by a vocabulary, or rows of numbers that count them; or back. Shape in is shape out; rows of numbers
 * take the place of the last axis, or follow it with `"one_hot"`. Integers are int64, rows float32.
 * Source: Keras 3.6 `layers/preprocessing/string_lookup.py`.
 *
 * @example
 * const layer = new StringLookup({ vocabulary: ["red", "green"] });
 * layer.apply(tensor([["green", "blue"]])).toArray(); // [[2, 0]]
 */
export class StringLookup extends kerasLayer(
  "StringLookup",
  fields,
  oneTensor,
  IndexLookup,
)<StringLookupOptions> {
  declare getVocabulary: (options?: GetVocabularyOptions) => string[];

  override get termDType(): "string" {
    return "string";
  }

  protected override asKeys(inputs: Numeric): Numeric {
    if (inputs.dtype === "string") return inputs;
    throw this.problem(`expected texts, received ${inputs.dtype}.`);
  }
}
