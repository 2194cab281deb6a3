import type { OptionsOf } from "../../fields/field.ts";
import { aString, listOf, oneOf, optional, refine, required } from "../../fields/kinds.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { featureSpaceModule } from "../../layers/preprocessing/feature-layers.ts";
import { classOf } from "../../registry/class-of.ts";
import { Configurable } from "../../registry/configurable.ts";

const className = "Cross";

/** The names of features that become one. */
export const severalNames = refine(
  listOf(aString),
  "a list of at least 2 names",
  (names) => names.length > 1,
  {
    type: "array",
    items: { type: "string" },
    minItems: 2,
  },
);

const fields = {
  /** The features that become one, by their names. */
  feature_names: required(severalNames),
  /** How many bins there are for what they are together. */
  crossing_dim: positiveInt(),
  /** Whether the number of the bin comes out, `"int"`, or a row of numbers, `"one_hot"`. Defaults to "one_hot". */
  output_mode: optional(oneOf("int", "one_hot"), "one_hot"),
};

/** What {@link Cross} takes. */
export interface CrossOptions extends OptionsOf<typeof fields> {}

/** Several features of a {@link FeatureSpace} that are one beside them: `FeatureSpace.cross(…)` makes them. */
export class Cross extends classOf(Configurable, {
  className,
  module: featureSpaceModule,
  registeredName: className,
  fields,
})<CrossOptions> {
  /** `a_X_b` of the features `a` and `b`. */
  get name(): string {
    return this.feature_names.join("_X_");
  }
}
