import { dialectIn } from "../../dialects/notes.ts";
import { isOlder } from "../../dialects/version.ts";
import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { aPositiveInteger, either, listOf, nullable, optional, refine } from "../../fields/kinds.ts";
import { bool, positiveInt, string } from "../../fields/shorthands.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { rankOf } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import { piecePrim } from "../../program/rules/piece.ts";
import { textPrim } from "../../program/rules/text.ts";
import { isAbstract } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  type AdaptData,
  type AdaptOptions,
  type Batch,
  type Learns,
  type Lesson,
  teach,
} from "../batches.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import { optionProblem } from "../option-problem.ts";
import type { OwnsFiles } from "../owns-files.ts";
import { checkPadding } from "./check-lookup.ts";
import { texts } from "./fields.ts";
import { type GetVocabularyOptions, NO_VOCABULARY } from "./index-lookup.ts";
import { atLeastTwo, modeFields, weightFields } from "./lookup-fields.ts";
import { StringLookup } from "./string-lookup.ts";
import { aTextStep, runTextStep } from "./text-function.ts";

/** As many as there are lists of. */
const aWidth = refine(
  aPositiveInteger,
  "a positive integer of at most 65536",
  (width: number) => width <= 2 ** 16,
  { type: "integer", minimum: 1, maximum: 2 ** 16 },
);

const widths = nullable(either(aWidth, (input) => typeof input === "number", listOf(aPositiveInteger)));

const fields = {
  /** How many integers there are at most, those for padding and unknown tokens among them. Defaults to any number. */
  max_tokens: optional(nullable(atLeastTwo), null),
  /**
   * What texts become before they are split: `"lower"` lowers the letters A to Z, `"strip_punctuation"` takes the
   * punctuation of ASCII out; a function of yours; or null. Defaults to "lower_and_strip_punctuation".
   */
  standardize: optional(
    aTextStep("lower_and_strip_punctuation", "lower", "strip_punctuation"),
    "lower_and_strip_punctuation",
  ),
  /** Where texts are split: `"whitespace"`, `"character"`, a function of yours, or null for nowhere. Defaults to "whitespace". */
  split: optional(aTextStep("whitespace", "character"), "whitespace"),
  /** Tokens that stand side by side count as one: up to so many, or as many as a list says. Defaults to none. */
  ngrams: optional(widths, null),
  /**
   * `"int"`: an integer for each token; `"multi_hot"`, `"count"`, `"tf_idf"`: a row of numbers for each text, which says
   * which tokens, how many, or how many of what weight there are; `"one_hot"`: a row for each token of texts that are not
   * split. Defaults to "int".
   */
  output_mode: modeFields.output_mode,
  /** How long rows of integers are: longer ones are cut, shorter ones end in zeros. Defaults to the longest of a batch. */
  output_sequence_length: positiveInt(null),
  /** Whether rows of numbers are `max_tokens` wide, however many tokens there are. Defaults to false. */
  pad_to_max_tokens: modeFields.pad_to_max_tokens,
  /** Whether rows are sparse tensors. There are none here: a call fails. Defaults to false. */
  sparse: modeFields.sparse,
  /** Whether rows of integers are left as long as they are. There are no ragged tensors here: a call fails. Defaults to false. */
  ragged: bool(false),
  /** The tokens, those that are there most often first. Defaults to what `adapt` finds. */
  vocabulary: optional(nullable(texts), null),
  ...weightFields,
  /** The encoding of texts in Python, kept as data. Defaults to "utf-8". */
  encoding: string("utf-8"),
  /** How many integers there are, those for padding and unknown tokens among them. Defaults to as many as there are now. */
  vocabulary_size: positiveInt(null),
};

/** What {@link TextVectorization} takes. */
export interface TextVectorizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Texts as rows of integers, one for each token, or of numbers that count them: from `(batch,)` or `(batch, 1)` to
 * `(batch, tokens)` of int64 or `(batch, vocabulary)` of float32. 0 is padding, 1 is what is not in the vocabulary. Runs in the
 * reference engine, in front of what another engine runs.
 * Source: Keras 3.6 `layers/preprocessing/text_vectorization.py`.
 *
 * @example
 * const layer = new TextVectorization({ output_sequence_length: 4 });
 * layer.adapt(["The cat sat.", "A cat!"]);
 * const words = layer.getVocabulary(); // ["", "[UNK]", "cat", "the", "sat", "a"]
 * const rows = layer.apply(tensor(["the dog sat"])).toArray(); // [[3, 1, 4, 0]]
 */
export class TextVectorization
  extends kerasLayer("TextVectorization", fields)<TextVectorizationOptions>
  implements OwnsFiles, Learns
{
  /** What knows the vocabulary. */
  readonly _lookup_layer: StringLookup;

  constructor(...[options]: [options?: TextVectorizationOptions]) {
    super(options);
    const { output_mode, output_sequence_length: length, pad_to_max_tokens, max_tokens } = this;
    if (output_mode !== "int" && length !== null)
      throw optionProblem(
        "TextVectorization",
        "output_sequence_length",
        `expected null, because output_mode is ${inspect(output_mode)}, received ${length}.`,
      );
    checkPadding("TextVectorization", this);
    const { vocabulary, idf_weights, vocabulary_size, sparse, encoding } = this;
    this._lookup_layer = new StringLookup({
      max_tokens,
      mask_token: "",
      output_mode,
      sparse,
      pad_to_max_tokens,
      idf_weights,
      vocabulary,
      vocabulary_size,
      encoding,
    });
  }

  /** Says how many tokens there are now. */
  override getConfig(): JsonObject {
    const config = super.getConfig();
    // Keras 2 has no such key.
    if (!isOlder(dialectIn(config))) config.vocabulary_size = this.vocabularySize();
    return config;
  }

  /**
   * Learns the vocabulary: the tokens that are there most often, of equals the last of the alphabet first. Batches that
   * have to be waited for give a promise.
   */
  adapt(data: AsyncIterable<Batch>, options?: AdaptOptions): Promise<void>;
  adapt(data: AdaptData, options?: AdaptOptions): void;
  adapt(data: AdaptData | AsyncIterable<Batch>, options: AdaptOptions = {}): void | Promise<void> {
    return teach(this, data, options);
  }

  get isGiven(): boolean {
    return this._lookup_layer.isGiven;
  }

  get hasLearned(): boolean {
    return this._lookup_layer.hasLearned;
  }

  lesson(): Lesson {
    return this._lookup_layer.lessonFor(this, (texts) => this.#tokens(texts) as Tensor);
  }

  /**
   * Replaces the vocabulary: tokens, each once, which may begin with `""` and `"[UNK]"`.
   *
   * @param weights How much each token counts; for the mode `"tf_idf"`, and no other.
   */
  setVocabulary(
    vocabulary: readonly string[] | Tensor,
    weights: readonly number[] | Tensor | null = null,
  ): void {
    this._lookup_layer.setVocabulary(vocabulary, weights);
  }

  /** The vocabulary as a list, in which each token stands where its integer says. */
  getVocabulary(options: GetVocabularyOptions = {}): string[] {
    return this._lookup_layer.getVocabulary(options);
  }

  /** How many integers there are, those for padding and for unknown tokens among them. */
  vocabularySize(): number {
    const { terms } = this._lookup_layer;
    return (terms === null ? this.vocabulary_size : null) ?? this._lookup_layer.vocabularySize();
  }

  filesToWrite(): ReadonlyMap<string, string> {
    return this._lookup_layer.filesToWrite();
  }

  get namedVariables(): ReadonlyMap<string, Variable> | undefined {
    return this._lookup_layer.namedVariables;
  }

  override call(inputs: Numeric): Numeric {
    const { output_mode, output_sequence_length: length, split } = this;
    if (this.ragged)
      throw this.problem("expected ragged to be false, received true. There are no ragged tensors here.");
    if (output_mode === "one_hot" && split !== null)
      throw this.problem(
        'expected an output_mode that gives texts of any number of tokens one shape, received "one_hot". "multi_hot" does.',
      );
    if (this._lookup_layer.table === null && !isAbstract(inputs)) throw this.problem(NO_VOCABULARY);
    const found = this._lookup_layer.call(this.#tokens(inputs));
    return length === null ? found : withLength(found, length);
  }

  /** The tokens of each text along the last axis, where it was split or was so given. */
  #tokens(inputs: Numeric): Numeric {
    if (inputs.dtype !== "string") throw this.problem(`expected texts, received ${inputs.dtype}.`);
    const { ngrams, split } = this;
    const pieces = this.#split(this.#standardized(inputs));
    if (ngrams === null) return pieces;
    const widths = typeof ngrams === "number" ? Array.from({ length: ngrams }, (_, i) => i + 1) : ngrams;
    return textPrim("ngrams", [pieces], { widths, isPadded: split !== null });
  }

  #standardized(texts: Numeric): Numeric {
    const { standardize } = this;
    if (standardize === null) return texts;
    if (typeof standardize !== "string") return runTextStep(standardize, texts, this, "standardize");
    return textPrim("standardize_text", [texts], {
      lower: standardize !== "strip_punctuation",
      strip: standardize !== "lower",
    });
  }

  #split(texts: Numeric): Numeric {
    const { split } = this;
    if (split === null) return texts;
    const rank = rankOf(texts);
    if (rank > 1 && texts.shape.at(-1) !== 1)
      throw this.problem(
        `expected one text for each sample, so that it can be split, received the shape ${formatShape(texts.shape)}.`,
        ShapeError,
      );
    const flat = rank > 1 ? reshapeTo(texts, dimensions(texts).slice(0, -1)) : texts;
    return typeof split === "string"
      ? textPrim("split_text", [flat], { by: split })
      : runTextStep(split, flat, this, "split");
  }
}

/** Rows cut or padded with zeros to a length. */
function withLength(rows: Numeric, length: number): Numeric {
  const axis = rankOf(rows) - 1;
  const padding = rows.shape.map((_, i): [number, number] => [0, i === axis ? length : 0]);
  const padded = piecePrim("pad", [rows], { padding, mode: "constant", value: 0 });
  return reshapeTo(sliceAxis(padded, axis, 0, length), [...dimensions(rows).slice(0, -1), length]);
}
