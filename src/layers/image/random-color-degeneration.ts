import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { rgbToGrayscale } from "../../ops/image/index.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { type Change, recolored } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { bothWays } from "./fields.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** How far colors go towards gray, which is 1: two numbers, or one for as much in both directions. */
  factor: bothWays(),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomColorDegeneration} takes. */
export interface RandomColorDegenerationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training takes color from each image, or gives it, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_color_degeneration.py`.
 *
 * @example
 * const y = new RandomColorDegeneration({ factor: 0.5 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomColorDegeneration extends randomColorLayer(
  "RandomColorDegeneration",
  fields,
)<RandomColorDegenerationOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const drawn = asDType(numberForEach(given, seeds, this.factor), this.computeDtype);
    return { images: (images) => recolored(this.computed(images), (all) => this.#degenerated(all, drawn)) };
  }

  #degenerated(images: Numeric, factor: Numeric): Numeric {
    const gray = rgbToGrayscale(images, { data_format: this.data_format });
    return clipTo(add(images, multiply(factor, subtract(gray, images))), this.value_range);
  }
}
