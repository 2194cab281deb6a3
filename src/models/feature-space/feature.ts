import type { OptionsOf } from "../../fields/field.ts";
import { aString, oneOf, required } from "../../fields/kinds.ts";
import { layer } from "../../layers/layer-field.ts";
import { featureSpaceModule } from "../../layers/preprocessing/feature-layers.ts";
import { classOf } from "../../registry/class-of.ts";
import { Configurable } from "../../registry/configurable.ts";

const className = "Feature";

const fields = {
  /** The dtype of the feature's values, such as `"float32"`, `"int32"` or `"string"`. */
  dtype: required(aString),
  /** The layer that brings it into the form that models take. */
  preprocessor: layer(),
  /** What comes out of that: `"int"`, `"float"`, or integers that become rows of numbers, `"one_hot"`. */
  output_mode: required(oneOf("int", "one_hot", "float")),
};

/** What {@link Feature} takes. */
export interface FeatureOptions extends OptionsOf<typeof fields> {}

/** One feature of a {@link FeatureSpace}: `FeatureSpace.feature(…)` and its like make them. */
export class Feature extends classOf(Configurable, {
  className,
  module: featureSpaceModule,
  registeredName: className,
  fields,
})<FeatureOptions> {
  protected override objectsInside(): Readonly<Record<string, unknown>> {
    return { preprocessor: this.preprocessor };
  }
}
