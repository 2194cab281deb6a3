import { anInteger, aPositiveInteger, nullable, optional, refine } from "../../fields/kinds.ts";
import { bool, choice, positiveInt } from "../../fields/shorthands.ts";
import { aMode, aSalt, type LookupMode, someNumbers } from "./fields.ts";

export const atLeastTwo = refine(aPositiveInteger, "an integer of at least 2", (count) => count > 1, {
  type: "integer",
  minimum: 2,
});
const aCount = refine(anInteger, "an integer of at least 0", (count) => count >= 0, {
  type: "integer",
  minimum: 0,
});

/** As many as a vocabulary is filled up with in memory. */
const oovCount = refine(aCount, "a whole number of at most 1048576", (count) => count <= 2 ** 20, {
  type: "integer",
  minimum: 0,
  maximum: 2 ** 20,
});

/** The fields of lookups in front of their special terms. */
export const sizeFields = {
  /** Whether integers become terms, and not terms integers. Defaults to false. */
  invert: bool(false),
  /** How many integers there are at most, those for masks and unknown terms among them. Defaults to any number. */
  max_tokens: optional(nullable(atLeastTwo), null),
  /**
   * How many integers stand for unknown terms. A hash chooses among several; with 0 an unknown term is an error.
   * Defaults to 1.
   */
  num_oov_indices: optional(oovCount, 1),
};

/** Those behind them. */
export const modeFields = {
  /**
   * `"int"`: an integer for each term; `"one_hot"`: a row of numbers for each; `"multi_hot"`, `"count"`, `"tf_idf"`: a row
   * for all along the last axis, which says which, how many, or how many of what weight there are. Defaults to "int".
   */
  output_mode: optional(aMode<LookupMode>("int", "one_hot", "multi_hot", "count", "tf_idf"), "int"),
  /** Whether rows are sparse tensors. There are none here: a call fails. Defaults to false. */
  sparse: bool(false),
  /** Whether rows are `max_tokens` wide, however many terms there are. Defaults to false. */
  pad_to_max_tokens: bool(false),
};

/** Those that say how terms are weighted. */
export const weightFields = {
  /** How much each term counts in the mode `"tf_idf"`; given together with `vocabulary`. Defaults to what `adapt` finds. */
  idf_weights: optional(nullable(someNumbers), null),
};

/** The last ones. */
export const oovFields = {
  /** How many integers there are, from when there is a vocabulary on. Defaults to null. */
  vocabulary_size: positiveInt(null),
  /** What chooses among several places for unknown integers: the rest of a division, or a hash. Defaults to "floormod". */
  oov_method: choice("floormod", "farmhash")("floormod", { since: "3.14" }),
  /** A key for that hash: two integers, or one for both. Defaults to none. */
  salt: optional(nullable(aSalt), null, { since: "3.14" }),
};
