import { uniquify } from "../../graph/naming.ts";
import { checkOptions } from "../../json/check-options.ts";
import { Discretization } from "../../layers/categories/discretization.ts";
import { Hashing } from "../../layers/categories/hashing.ts";
import { IntegerLookup } from "../../layers/categories/integer-lookup.ts";
import { StringLookup } from "../../layers/categories/string-lookup.ts";
import { TFDIdentity } from "../../layers/preprocessing/feature-layers.ts";
import { Normalization } from "../../layers/preprocessing/normalization.ts";
import { Rescaling } from "../../layers/preprocessing/rescaling.ts";
import { Feature } from "./feature.ts";

/** What every kind of feature takes. */
export interface NamedOptions {
  /** What the preprocessor is called, without the `_preprocessor` behind it. Defaults to the kind, counted. */
  readonly name?: string | null | undefined;
}

/** How integers come out. */
interface EncodedOptions extends NamedOptions {
  /** `"one_hot"`: a row of numbers; `"int"`: the integer itself. Defaults to "one_hot". */
  readonly output_mode?: "int" | "one_hot" | undefined;
}

/** What `FeatureSpace.floatRescaled` takes. */
export interface RescaledOptions extends NamedOptions {
  /** What values are multiplied with. Defaults to 1. */
  readonly scale?: number | undefined;
  /** What is added to them then. Defaults to 0. */
  readonly offset?: number | undefined;
}

/** What `FeatureSpace.floatDiscretized` takes: one of the first two at least. */
export interface DiscretizedOptions extends EncodedOptions {
  /** How many bins `adapt` makes. Defaults to one more than there are boundaries. */
  readonly num_bins?: number | null | undefined;
  /** The numbers between the bins, rising. Defaults to what `adapt` finds. */
  readonly bin_boundaries?: readonly number[] | null | undefined;
}

/** What `FeatureSpace.integerCategorical` and `FeatureSpace.stringCategorical` take. */
export interface CategoricalFeatureOptions extends EncodedOptions {
  /** How many integers there are at most, those for unknown values among them. Defaults to any number. */
  readonly max_tokens?: number | null | undefined;
  /** How many of them stand for unknown values. Defaults to 1. */
  readonly num_oov_indices?: number | undefined;
}

/** What `FeatureSpace.integerHashed` and `FeatureSpace.stringHashed` take. */
export interface HashedOptions extends EncodedOptions {
  /** How many bins there are. */
  readonly num_bins: number;
}

/** Values as they are. */
export function float(options: NamedOptions = {}): Feature {
  checkOptions("FeatureSpace.float", options, { name: true });
  const name = preprocessorName("float", options);
  return new Feature({
    dtype: "float32",
    preprocessor: new TFDIdentity({ dtype: "float32", name }),
    output_mode: "float",
  });
}

/** Values times a number, plus another. */
export function floatRescaled(options: RescaledOptions = {}): Feature {
  checkOptions("FeatureSpace.floatRescaled", options, { scale: true, offset: true, name: true });
  const { scale = 1, offset = 0 } = options;
  const name = preprocessorName("float_rescaled", options);
  return new Feature({
    dtype: "float32",
    preprocessor: new Rescaling({ scale, offset, name }),
    output_mode: "float",
  });
}

/** Values brought to mean 0 and variance 1, by what `adapt` finds. */
export function floatNormalized(options: NamedOptions = {}): Feature {
  checkOptions("FeatureSpace.floatNormalized", options, { name: true });
  const name = preprocessorName("float_normalized", options);
  return new Feature({
    dtype: "float32",
    preprocessor: new Normalization({ axis: -1, name }),
    output_mode: "float",
  });
}

/** Values as the bins that they are in. */
export function floatDiscretized(options: DiscretizedOptions): Feature {
  const known = { num_bins: true, bin_boundaries: true, output_mode: true, name: true } as const;
  checkOptions("FeatureSpace.floatDiscretized", options, known);
  const { num_bins = null, bin_boundaries = null, output_mode = "one_hot" } = options;
  const name = preprocessorName("float_discretized", options);
  return new Feature({
    dtype: "float32",
    preprocessor: new Discretization({ num_bins, bin_boundaries, name }),
    output_mode,
  });
}

/** Integers by a vocabulary. */
export function integerCategorical(options: CategoricalFeatureOptions = {}): Feature {
  return categorical("integer", IntegerLookup, "int32", options);
}

/** Texts by a vocabulary. */
export function stringCategorical(options: CategoricalFeatureOptions = {}): Feature {
  return categorical("string", StringLookup, "string", options);
}

/** Integers as the bins that a hash gives them. */
export function integerHashed(options: HashedOptions): Feature {
  return hashed("integer", "int32", options);
}

/** Texts as the bins that a hash gives them. */
export function stringHashed(options: HashedOptions): Feature {
  return hashed("string", "string", options);
}

function categorical(
  of: "integer" | "string",
  Lookup: typeof IntegerLookup | typeof StringLookup,
  dtype: string,
  options: CategoricalFeatureOptions,
): Feature {
  const known = { max_tokens: true, num_oov_indices: true, output_mode: true, name: true } as const;
  checkOptions(`FeatureSpace.${of}Categorical`, options, known);
  const { max_tokens = null, num_oov_indices = 1, output_mode = "one_hot" } = options;
  const name = preprocessorName(`${of}_categorical`, options);
  return new Feature({
    dtype,
    preprocessor: new Lookup({ name, max_tokens, num_oov_indices }),
    output_mode,
  });
}

function hashed(of: "integer" | "string", dtype: string, options: HashedOptions): Feature {
  checkOptions(`FeatureSpace.${of}Hashed`, options, { num_bins: true, output_mode: true, name: true });
  const { num_bins, output_mode = "one_hot" } = options;
  const name = preprocessorName(`${of}_hashed`, options);
  return new Feature({ dtype, preprocessor: new Hashing({ name, num_bins }), output_mode });
}

function preprocessorName(kind: string, { name }: NamedOptions): string {
  return `${name || uniquify(kind)}_preprocessor`;
}
