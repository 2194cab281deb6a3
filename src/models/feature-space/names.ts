import type { Feature } from "./feature.ts";
import {
  float,
  floatDiscretized,
  floatNormalized,
  floatRescaled,
  integerCategorical,
  integerHashed,
  stringCategorical,
  stringHashed,
} from "./kinds.ts";

/** What a kind that is given by its name alone takes from its FeatureSpace. */
export interface Sizes {
  readonly name: string;
  readonly hashing_dim: number;
  readonly num_discretization_bins: number;
}

/** The kinds of features by their names. */
export const kindsByName = {
  float: ({ name }: Sizes): Feature => float({ name }),
  float_rescaled: ({ name }: Sizes): Feature => floatRescaled({ name }),
  float_normalized: ({ name }: Sizes): Feature => floatNormalized({ name }),
  float_discretized: ({ name, num_discretization_bins: num_bins }: Sizes): Feature =>
    floatDiscretized({ name, num_bins }),
  integer_categorical: ({ name }: Sizes): Feature => integerCategorical({ name }),
  string_categorical: ({ name }: Sizes): Feature => stringCategorical({ name }),
  integer_hashed: ({ name, hashing_dim: num_bins }: Sizes): Feature => integerHashed({ name, num_bins }),
  string_hashed: ({ name, hashing_dim: num_bins }: Sizes): Feature => stringHashed({ name, num_bins }),
};

/** A kind of feature by its name, with what it has where nobody says more. */
export type FeatureKind = keyof typeof kindsByName;

export function isFeatureKind(name: string): name is FeatureKind {
  return Object.hasOwn(kindsByName, name);
}
