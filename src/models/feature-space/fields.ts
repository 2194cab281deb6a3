import { aPositiveInteger, type Kind, nullable, optional, required } from "../../fields/kinds.ts";
import type { Problems } from "../../fields/problems.ts";
import { choice, positiveInt } from "../../fields/shorthands.ts";
import { inspect, isPlain } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { didYouMean } from "../../json/suggest.ts";
import { baseFields } from "../../layers/layer.ts";
import { ENVELOPE, isEnvelope, objectKind } from "../../registry/object-field.ts";
import { serialize } from "../../registry/serialize.ts";
import { Cross, severalNames } from "./cross.ts";
import { Feature } from "./feature.ts";
import { type FeatureKind, isFeatureKind, kindsByName } from "./names.ts";

/** What stands for a feature: one, its envelope, or the name of a kind. */
export type FeatureLike = Feature | FeatureKind | Readonly<JsonObject>;

/** What stands for a cross: one, its envelope, or the names of the features. */
export type CrossLike = Cross | readonly string[] | Readonly<JsonObject>;

const aFeature = /* @__PURE__ */ objectKind("feature", "a feature", (found) => found instanceof Feature);
const aCross = /* @__PURE__ */ objectKind("cross", "a cross", (found) => found instanceof Cross);

type Features = Readonly<Record<string, Feature | FeatureKind>>;

const someFeatures: Kind<Readonly<Record<string, FeatureLike>>, Features> = {
  kind: "features",
  expected: "features by their names, at least one",
  schema: { type: "object", additionalProperties: ENVELOPE, minProperties: 1 },
  parse(input, problems) {
    const entries = isPlain(input) && !isEnvelope(input) ? Object.entries(input) : [];
    if (entries.length === 0) return problems.expected(this.expected, input);
    const read = (name: string, value: unknown) => problems.at(name, () => featureOf(value, problems));
    return Object.fromEntries(entries.map(([name, value]) => [name, read(name, value)]));
  },
  toJson: serialize,
};

function featureOf(input: unknown, problems: Problems): Feature | FeatureKind {
  if (typeof input !== "string") return aFeature.parse(input, problems);
  if (isFeatureKind(input)) return input;
  const kinds = Object.keys(kindsByName);
  return problems.expected(
    `a feature or one of ${kinds.map((kind) => inspect(kind)).join(", ")}`,
    input,
    didYouMean(input, kinds),
  );
}

const someCrosses: Kind<readonly CrossLike[], readonly (Cross | readonly string[])[]> = {
  kind: "crosses",
  expected: "a list of crosses, or of lists of names",
  schema: { type: "array", items: ENVELOPE },
  parse(input, problems) {
    if (!Array.isArray(input)) return problems.expected(this.expected, input);
    return input.map((item: unknown, i) =>
      problems.at(i, () => (Array.isArray(item) ? severalNames : aCross).parse(item, problems)),
    );
  },
  toJson: serialize,
};

export const fields = {
  /**
   * The features by their names: the name of a kind, such as `"float_normalized"`, or what a method such as
   * `FeatureSpace.floatNormalized()` gives.
   */
  features: required(someFeatures),
  /** Whether all features come out in one row, `"concat"`, or each by its name, `"dict"`. Defaults to "concat". */
  output_mode: choice("concat", "dict")("concat"),
  /** Features that are one feature more together: lists of names, or what `FeatureSpace.cross(…)` gives. Defaults to []. */
  crosses: optional(nullable(someCrosses), []),
  /** How many bins a cross has that is a list of names. Defaults to 32. */
  crossing_dim: optional(nullable(aPositiveInteger), 32),
  /** How many bins the kinds `"integer_hashed"` and `"string_hashed"` have. Defaults to 32. */
  hashing_dim: positiveInt(32),
  /** How many bins the kind `"float_discretized"` has. Defaults to 32. */
  num_discretization_bins: positiveInt(32),
  /** A name without `/`; configs have none. Defaults to one such as `feature_space_1`. */
  name: baseFields.name,
};
