import { ModelError } from "../../errors.ts";
import { anInteger, aPositiveInteger, nullable, optional, refine } from "../../fields/kinds.ts";
import { bool, choice, positiveInt } from "../../fields/shorthands.ts";
import { placeOf } from "../../graph/graph.ts";
import { checkOptions } from "../../json/check-options.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { filled } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import { Variable } from "../../program/variable.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { full } from "../../tensor/create.ts";
import { Tensor } from "../../tensor/tensor.ts";
import type { OneTensor } from "../define.ts";
import { Layer } from "../layer.ts";
import { optionProblem } from "../option-problem.ts";
import type { OwnsFiles } from "../owns-files.ts";
import { type AdaptData, type AdaptOptions, asColumn, asRows, type Batch, learn } from "./batches.ts";
import { encode } from "./encode.ts";
import { aMode, aSalt, type LookupMode, type Salt, someNumbers } from "./fields.ts";
import { type Lookup, placesOf, type Table, termsAt } from "./lookup.ts";
import { refuseSparse } from "./sparse.ts";
import { readTerms, type Term, type TermDType, tensorOfTerms, termsOf } from "./term.ts";
import { TokenCounts } from "./token-counts.ts";
import { hasSpecialTerms, problemOf, specialTerms, termStart } from "./vocabulary.ts";

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

const fileName = "vocabulary.txt";

/** What is wrong with a call before there is a vocabulary. */
export const NO_VOCABULARY = "expected a vocabulary, received none. Call adapt or setVocabulary first.";

/** How a vocabulary is asked for. */
export interface GetVocabularyOptions {
  /** Whether the mask and the unknown terms are among it, so that each term's place is its integer. Defaults to true. */
  readonly includeSpecialTokens?: boolean | undefined;
}

/** The base of what looks terms up. Source: Keras 3.6 and 3.16 `layers/preprocessing/index_lookup.py`. */
export abstract class IndexLookup extends Layer<OneTensor> implements Lookup, OwnsFiles {
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
      this.#weigh(size, (width) => full([width], 1, "float32"));
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
    return this.learn(this, data, options, (tokens) => tokens);
  }

  /** Learns for a layer from what `tokensOf` makes of the data. */
  learn(
    layer: Layer,
    data: AdaptData | AsyncIterable<Batch>,
    options: AdaptOptions,
    tokensOf: (data: Tensor) => Tensor,
  ): void | Promise<void> {
    const where = placeOf(layer);
    checkOptions(() => `${where}: adapt`, options, { steps: true }, ModelError);
    if (this.vocabulary !== null)
      throw layer.problem(
        "adapt: expected a layer without a vocabulary of its own, received one that was given it.",
      );
    this.#counts = new TokenCounts();
    const add = (tokens: Tensor) => this.#counts.add(asRows(this.asKeys(tokens) as Tensor));
    return learn(where, data, options, {
      whole: (all) => add(tokensOf(asColumn(all))),
      batch: (batch) => add(tokensOf(batch)),
      end: () => this.#finish(),
    });
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
    this.#weighBy(hasSpecial ? numbers : this.#behindSpecial(numbers));
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
      this.#weighBy(this.#behindSpecial(weights));
    }
    this.#counts = new TokenCounts();
  }

  /** Weights of terms behind those of special terms, of which nothing is known but what terms weigh on average. */
  #behindSpecial(weights: readonly number[]): number[] {
    const average = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
    return [...new Array<number>(termStart(this)).fill(average), ...weights];
  }

  #weighBy(weights: readonly number[]): void {
    this.#weigh(weights.length, (width) => {
      const padded = new Float32Array(width);
      padded.set(weights);
      return new Tensor("float32", [width], padded);
    });
  }

  /** Gives so many places weights, which are made when they are first read: a config may say any number of places. */
  #weigh(count: number, weightsOf: (width: number) => Tensor): void {
    const width = this.pad_to_max_tokens && this.max_tokens !== null ? this.max_tokens : count;
    const initialize = () => weightsOf(width);
    if (this.weighting?.shape[0] === width) this.weighting.assignLazily({ now: initialize });
    else
      this.weighting = new Variable({
        name: "idf_weights",
        shape: [width],
        dtype: "float32",
        trainable: false,
        initialize,
      });
  }

  #copy(from: IndexLookup): void {
    this.takeTerms(termsOf(from.terms!));
    if (from.weighting) this.#weighBy([...toNumbers(from.weighting.value)]);
  }
}

/** Terms as they are looked into. */
function tableOf(terms: readonly Term[], lookup: IndexLookup): Table {
  const { mask_token: mask, oov_token: oov, termDType, invert } = lookup;
  const all = [...(mask === null ? [] : [mask]), ...(invert ? [oov as Term] : []), ...terms];
  return { terms: tensorOfTerms(all, termDType), hasMask: mask !== null };
}

/** Complains about rows that are to be as wide as `max_tokens` where nobody says how much that is. */
export function checkPadding(
  className: string,
  { pad_to_max_tokens, max_tokens }: Pick<IndexLookup, "pad_to_max_tokens" | "max_tokens">,
): void {
  if (!pad_to_max_tokens || max_tokens !== null) return;
  const message = "expected an integer of at least 2, because pad_to_max_tokens is true, received null.";
  throw optionProblem(className, "max_tokens", message);
}

function checkLookup(lookup: IndexLookup): void {
  const wrong = (option: string, message: string) => {
    throw optionProblem(lookup.constructor.className, option, message);
  };
  const { invert, output_mode, vocabulary, idf_weights, oov_token } = lookup;
  checkPadding(lookup.constructor.className, lookup);
  if (invert && output_mode !== "int")
    wrong("output_mode", `expected "int", because invert is true, received ${inspect(output_mode)}.`);
  if (invert && oov_token === null)
    wrong("oov_token", "expected a term, because invert is true, received null.");
  if (idf_weights !== null && output_mode !== "tf_idf")
    wrong("idf_weights", `expected null, because output_mode is ${inspect(output_mode)}, received numbers.`);
  if (output_mode === "tf_idf" && vocabulary !== null && idf_weights === null)
    wrong(
      "idf_weights",
      'expected numbers beside the vocabulary, because output_mode is "tf_idf", received null.',
    );
}
