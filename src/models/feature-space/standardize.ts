import { inspect } from "../../json/inspect.ts";
import { optionProblem } from "../../layers/option-problem.ts";
import { Cross } from "./cross.ts";
import type { Feature } from "./feature.ts";
import { type FeatureKind, kindsByName, type Sizes } from "./names.ts";

type ByName<T> = Readonly<Record<string, T>>;

/** Features, of which some may be named by their kinds alone. */
export function featuresOf(
  given: ByName<Feature | FeatureKind>,
  { hashing_dim, num_discretization_bins }: Omit<Sizes, "name">,
): ByName<Feature> {
  const made = Object.entries(given).map(([name, feature]) => [
    name,
    typeof feature === "string"
      ? kindsByName[feature]({ name, hashing_dim, num_discretization_bins })
      : feature,
  ]);
  return Object.fromEntries(made) as ByName<Feature>;
}

/** Crosses of features that are there, of which some may be lists of names. */
export function crossesOf(
  given: readonly (Cross | readonly string[])[],
  crossing_dim: number | null,
  features: readonly string[],
): readonly Cross[] {
  const crosses = given.map((cross) => {
    if (cross instanceof Cross) return cross;
    if (crossing_dim !== null) return new Cross({ feature_names: cross, crossing_dim });
    throw problem("crossing_dim", "expected a positive integer for crosses, received null.");
  });
  for (const { feature_names, name } of crosses) {
    const unknown = feature_names.find((feature) => !features.includes(feature));
    if (unknown !== undefined)
      throw problem(
        "crosses",
        `expected names of features ${inspect(features)}, received ${inspect(unknown)}.`,
      );
    if (features.includes(name))
      throw problem("crosses", `expected a name that no feature has, received ${inspect(name)}.`);
  }
  return crosses;
}

const problem = (option: string, message: string) => optionProblem("FeatureSpace", option, message);
