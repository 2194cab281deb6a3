import { ModelError } from "../../errors.ts";
import { placeOf } from "../../graph/graph.ts";
import { checkOptions } from "../../json/check-options.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { filled } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import type { Variable } from "../../program/variable.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { full } from "../../tensor/create.ts";
import { Tensor } from "../../tensor/tensor.ts";
import {
  type AdaptData,
  type AdaptOptions,
  asColumn,
  asRows,
  type Batch,
  type Learns,
  type Lesson,
  teach,
} from "../batches.ts";
import type { OneTensor } from "../define.ts";
import { Layer } from "../layer.ts";
import type { OwnsFiles } from "../owns-files.ts";
import { checkLookup } from "./check-lookup.ts";
import { encode } from "./encode.ts";
import type { LookupMode, Salt } from "./fields.ts";
import { type Lookup, placesOf, type Table, termsAt } from "./lookup.ts";
import { refuseSparse } from "./sparse.ts";
import { readTerms, type Term, type TermDType, tensorOfTerms, termsOf } from "./term.ts";
import { behindAverage, paddedTo, weighted } from "./term-weights.ts";
import { TokenCounts } from "./token-counts.ts";
import { hasSpecialTerms, problemOf, specialTerms, termStart } from "./vocabulary.ts";

const fileName = "vocabulary.txt";

/** What is wrong with a call before there is a vocabulary. */
export const NO_VOCABULARY = "expected a vocabulary, received none. Call adapt or setVocabulary first.";

/** How a vocabulary is asked for. */
export interface GetVocabularyOptions {
  /** Whether the mask and the unknown terms are among it, so that each term's place is its integer. Defaults to true. */
  readonly includeSpecialTokens?: boolean | undefined;
}

/** The base of what looks terms up. Source: Keras 3.6 and 3.16 `layers/preprocessing/index_lookup.py`. */
export abstract class IndexLookup extends Layer<OneTensor> implements Lookup, OwnsFiles, Learns {
  static readonly isBase = true;
  static override readonly bookkeeping: readonly string[] = [
    ...Layer.bookkeeping,
    "terms",
    "table",
    "weighting",
  ];

  declare readonly invert: boolean;
  declare readonly max_tokens: number | null;
  declare readonly num_oov_indices: number;
  declare readonly oov_token: Term | null;
  declare readonly mask_token: Term | null;
  declare readonly output_mode: LookupMode;
  declare readonly sparse: boolean;
  declare readonly pad_to_max_tokens: boolean;
  declare readonly oov_method: "floormod" | "farmhash";
  declare readonly salt: Salt | null;
  declare readonly vocabulary: readonly Term[] | string | null;
  declare readonly idf_weights: readonly number[] | null;
  declare vocabulary_size: number | null;
  /** The terms without the special ones; null before there is a vocabulary. */
  terms: Tensor | null = null;
  /** What is looked into. */
  table: Table | null = null;
  /** How much each place counts in the mode `"tf_idf"`; null before that is known, and in other modes. */
  weighting: Variable | null = null;
  /** Whether rows of numbers were promised that are as wide as the vocabulary. */
  #hasPromised = false;
  #counts = new TokenCounts();

  constructor(options: object) {
    super(options);
    checkLookup(this);
    const { vocabulary, idf_weights: weights, vocabulary_size: size } = this;
    if (this.output_mode === "tf_idf" && size !== null)
      this.weighting = weighted(this, size, (width) => full([width], 1, "float32"));
    if (vocabulary !== null && typeof vocabulary !== "string") this.setVocabulary(vocabulary, weights);
  }

  /** What its terms are. */
  abstract get termDType(): TermDType;

  /** Input as keys to look up. */
  protected abstract asKeys(inputs: Numeric): Numeric;

  override getBuildConfig(): JsonObject {
    return {};
  }

  override buildFromConfig(): void {
    this.built = true;
  }

  /**
   * Learns the vocabulary: the terms that are there most often, of equals the last of the alphabet first. Rows of data
   * are documents, which the mode `"tf_idf"` counts. Batches that have to be waited for give a promise.
   */
  adapt(data: AsyncIterable<Batch>, options?: AdaptOptions): Promise<void>;
  adapt(data: AdaptData, options?: AdaptOptions): void;
  adapt(data: AdaptData | AsyncIterable<Batch>, options: AdaptOptions = {}): void | Promise<void> {
    return teach(this, data, options);
  }

  get isGiven(): boolean {
    return this.vocabulary !== null;
  }

  get hasLearned(): boolean {
    return this.vocabulary_size !== null;
  }

  /** How many integers it gives, once that is known. */
  get categoryCount(): number | null {
    return this.vocabulary_size;
  }

  lesson(): Lesson {
    return this.lessonFor(this, (tokens) => tokens);
  }

  /** Learns for a layer from what `tokensOf` makes of the data. */
  lessonFor(layer: Layer, tokensOf: (data: Tensor) => Tensor): Lesson {
    if (this.isGiven)
      throw layer.problem(
        "adapt: expected a layer without a vocabulary of its own, received one that was given it.",
      );
    this.#counts = new TokenCounts();
    const add = (tokens: Tensor) => this.#counts.add(asRows(this.asKeys(tokens) as Tensor));
    return {
      whole: (all) => add(tokensOf(asColumn(all))),
      batch: (batch) => add(tokensOf(batch)),
      end: () => this.#finish(),
    };
  }

  /**
   * Replaces the vocabulary: terms, each once, which may begin with the special ones.
   *
   * @param weights How much each term counts; for the mode `"tf_idf"`, and no other.
   */
  setVocabulary(
    vocabulary: readonly Term[] | Tensor,
    weights: readonly number[] | Tensor | null = null,
  ): void {
    const given = vocabulary instanceof Tensor ? termsOf(vocabulary) : vocabulary;
    if (!Array.isArray(given) || given.length === 0)
      throw this.problem(`setVocabulary: expected a list of terms, received ${inspect(vocabulary)}.`);
    if ((this.output_mode === "tf_idf") !== (weights !== null)) {
      const expected = weights === null ? "weights of the terms" : "no weights";
      throw this.problem(
        `setVocabulary: expected ${expected}, because output_mode is ${inspect(this.output_mode)}, received ${inspect(weights)}.`,
      );
    }
    const hasSpecial = this.takeTerms(given);
    if (weights === null) return;
    const numbers = weights instanceof Tensor ? [...toNumbers(weights)] : [...weights];
    if (numbers.length !== given.length)
      throw this.problem(`setVocabulary: expected ${given.length} weights, received ${numbers.length}.`);
    this.#weigh(numbers, hasSpecial);
  }

  /** Replaces the terms, and gives whether the special ones were among them. */
  takeTerms(given: readonly Term[]): boolean {
    const hasSpecial = hasSpecialTerms(given, this);
    const terms = hasSpecial ? given.slice(termStart(this)) : given;
    const size = termStart(this) + terms.length;
    const problem = problemOf(terms, this);
    if (problem) throw this.problem(`vocabulary: ${problem}`);
    if (this.#hasPromised && size !== this.vocabulary_size)
      throw this.problem(
        `vocabulary: expected ${this.vocabulary_size} terms, special ones among them, because the layer was called with as many, received ${size}.`,
      );
    this.terms = tensorOfTerms(terms, this.termDType);
    this.table = tableOf(terms, this);
    this.vocabulary_size = size;
    if (this.vocabulary === null) this.handOn = (copy) => (copy as IndexLookup).#copy(this);
    return hasSpecial;
  }

  /**
   * The vocabulary as a list, in which each term stands where its integer says.
   *
   * @example
   * new StringLookup({ vocabulary: ["a", "b"] }).getVocabulary(); // ["[UNK]", "a", "b"]
   */
  getVocabulary(options: GetVocabularyOptions = {}): Term[] {
    checkOptions(
      () => `${placeOf(this)}: getVocabulary`,
      options,
      { includeSpecialTokens: true },
      ModelError,
    );
    const { includeSpecialTokens = true } = options;
    const terms = this.terms === null ? [] : [...termsOf(this.terms)];
    return includeSpecialTokens ? [...(specialTerms(this) as Term[]), ...terms] : terms;
  }

  /** How many integers there are, those for the mask and for unknown terms among them. */
  vocabularySize(): number {
    return termStart(this) + (this.terms?.size ?? 0);
  }

  override call(inputs: Numeric): Numeric {
    refuseSparse(this);
    const table = this.table ?? (isAbstract(inputs) ? tableOf([], this) : null);
    if (table === null) throw this.problem(NO_VOCABULARY);
    if (this.invert) return termsAt(inputs, table, this);
    const places = placesOf(this.asKeys(inputs), table, this);
    const { output_mode: mode } = this;
    if (mode === "int") return asDType(places, "int64");
    const depth = this.#promise();
    if (mode !== "tf_idf") return encode(places, mode, depth, "float32");
    const weights = this.weighting ?? filled([depth], 0, "float32");
    return multiply(encode(places, "count", depth, "float32"), weights);
  }

  /** The vocabulary, a term a line, unless the config has it. */
  filesToWrite(): ReadonlyMap<string, string> {
    if (this.vocabulary !== null) return new Map();
    const terms = this.getVocabulary();
    const broken = terms.find((term) => typeof term === "string" && /[\r\n]/.test(term));
    if (broken !== undefined)
      throw this.problem(
        `vocabulary: expected terms without line breaks, because files have one a line, received ${inspect(broken)}. Give the layer its vocabulary as an option: the config has it then.`,
      );
    return new Map([[fileName, terms.join("\n")]]);
  }

  takeFile(_name: string, text: string): void {
    const terms = readTerms(text, this.termDType);
    const wrong = terms.indexOf(undefined);
    if (wrong >= 0)
      throw this.problem(`${fileName}: expected an integer in line ${wrong + 1}, received none.`);
    // A layer that never learned any writes the special terms alone, and so does one that found no others.
    const start = termStart(this);
    const isEmpty = terms.length <= start && hasSpecialTerms(terms as Term[], this);
    if (terms.length > 0 && (!isEmpty || this.vocabulary_size === start)) this.takeTerms(terms as Term[]);
  }

  /** What files have of it beside: how much terms weigh. */
  get namedVariables(): ReadonlyMap<string, Variable> | undefined {
    return this.weighting ? new Map([["idf_weights", this.weighting]]) : undefined;
  }

  /** How wide rows of numbers are. */
  #promise(): number {
    if (this.pad_to_max_tokens && this.max_tokens !== null) return this.max_tokens;
    if (this.vocabulary_size === null)
      throw this.problem(
        `expected a vocabulary, because output_mode is ${inspect(this.output_mode)}, received none. Call adapt or setVocabulary first.`,
      );
    this.#hasPromised = true;
    return this.vocabulary_size;
  }

  #finish(): void {
    if (this.#counts.isEmpty) return;
    const { mask_token, oov_token, max_tokens } = this;
    const most = max_tokens && max_tokens - termStart(this);
    const terms = this.#counts.ranked([mask_token, oov_token], most);
    this.takeTerms(terms);
    if (this.output_mode === "tf_idf") {
      const weights = terms.map((term) => Math.fround(this.#counts.inverseDocumentFrequency(term)));
      this.#weigh(weights, false);
    }
    this.#counts = new TokenCounts();
  }

  /** Gives each place its weight; of a vocabulary without special terms these are the average of the others'. */
  #weigh(weights: readonly number[], hasSpecial: boolean): void {
    const numbers = hasSpecial ? weights : behindAverage(weights, termStart(this));
    this.weighting = weighted(this, numbers.length, (width) => paddedTo(width, numbers));
  }

  #copy(from: IndexLookup): void {
    this.takeTerms(termsOf(from.terms!));
    if (from.weighting) this.#weigh([...toNumbers(from.weighting.value)], true);
  }
}

/** Terms as they are looked into. */
function tableOf(terms: readonly Term[], lookup: IndexLookup): Table {
  const { mask_token: mask, oov_token: oov, termDType, invert } = lookup;
  const all = [...(mask === null ? [] : [mask]), ...(invert ? [oov as Term] : []), ...terms];
  return { terms: tensorOfTerms(all, termDType), hasMask: mask !== null };
}
