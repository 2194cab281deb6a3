import type { OptionsOf } from "../../fields/field.ts";
import { subtract } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { chosen } from "./drawn.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields, shareFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  ...shareFields,
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomInvert} takes. */
export interface RandomInvertOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes negatives of some images, chosen at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.9 `layers/preprocessing/image_preprocessing/random_invert.py`.
 *
 * @example
 * const y = new RandomInvert({ factor: 0.3 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomInvert extends randomColorLayer("RandomInvert", fields)<RandomInvertOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const isInverted = chosen(given, seeds, this.factor);
    const inverted = (images: Numeric) => where(isInverted, subtract(this.value_range[1], images), images);
    return { images: (images) => inverted(this.computed(images)) };
  }
}
