import type { OptionsOf } from "../../fields/field.ts";
import { add, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { less, where } from "../../ops/comparison.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { type Pair, upTo } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields } from "./shared-fields.ts";
import { inRange } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  ...rangeFields,
  /** How much is added first, as a share of the range: the most, or the least and the most. Defaults to 0. */
  addition_factor: upTo(0),
  /** From which value on pixels become negative, likewise. Defaults to 0. */
  threshold_factor: upTo(0),
  ...seedFields,
};

/** What {@link Solarization} takes. */
export interface SolarizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training adds something to each image and turns what is bright into its negative, both at random; else passes
 * images on. Shape in is shape out. Source: Keras 3.6 `layers/preprocessing/image_preprocessing/solarization.py`.
 *
 * @example
 * const y = new Solarization({ threshold_factor: [0.5, 0.7] }).apply(Input({ shape: [32, 32, 3] }));
 */
export class Solarization extends randomImageLayer("Solarization", fields)<SolarizationOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const dtype = this.computeDtype;
    const drawn = ([least, most]: Pair) => numberForEach(given, seeds, [least, most * 255], dtype);
    const [additions, thresholds] = [drawn(this.addition_factor), drawn(this.threshold_factor)];
    return { images: (images) => this.#solarized(this.computed(images), additions, thresholds) };
  }

  #solarized(images: Numeric, additions: Numeric, thresholds: Numeric): Numeric {
    return inRange(images, this.value_range, this.computeDtype, (pixels) => {
      const brighter = clip(add(pixels, additions), { x_min: 0, x_max: 255 });
      return where(less(brighter, thresholds), brighter, subtract(255, brighter));
    });
  }
}
