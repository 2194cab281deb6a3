import type { OptionsOf } from "../../fields/field.ts";
import { float, positiveInt } from "../../fields/shorthands.ts";
import { Constant } from "../../initializers/index.ts";
import { multiply } from "../../ops/arithmetic.ts";
import type { Numeric } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { LayerOptions } from "../define.ts";
import { applicationLayer } from "./define.ts";

const fields = {
  /** What each factor begins with. */
  init_values: float(),
  /** How many factors there are: the size of the last axis. */
  projection_dim: positiveInt(),
};

/** What {@link LayerScale} takes. */
export interface LayerScaleOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Multiplies each channel by a factor of its own, as the blocks of ConvNeXt do. Shape in is shape out.
 * Source: Keras 3.6 `applications/convnext.py`.
 *
 * @example
 * const y = new LayerScale({ init_values: 1e-6, projection_dim: 96 }).apply(Input({ shape: [56, 56, 96] }));
 */
export class LayerScale extends applicationLayer("convnext", "LayerScale", fields)<LayerScaleOptions> {
  declare gamma: Variable;

  override build(): void {
    const initializer = new Constant({ value: this.init_values });
    this.gamma = this.addWeight({ shape: [this.projection_dim], initializer });
  }

  override call(x: Numeric): Numeric {
    return multiply(x, this.gamma);
  }
}
