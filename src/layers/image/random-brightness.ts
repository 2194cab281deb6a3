import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { bothWays } from "./fields.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** How much darker and brighter, as a share of the range of values: two numbers, or one for as much in both directions. */
  factor: bothWays(),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomBrightness} takes. */
export interface RandomBrightnessOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes each image darker or brighter, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_brightness.py`.
 *
 * @example
 * const y = new RandomBrightness({ factor: 0.2, value_range: [0, 1] }).apply(Input({ shape: [32, 32, 3] }));
 */
export class RandomBrightness extends randomColorLayer("RandomBrightness", fields)<RandomBrightnessOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const [least, most] = this.value_range;
    const drawn = multiply(numberForEach(given, seeds, this.factor), most - least);
    return { images: (images) => clipTo(add(images, asDType(drawn, images.dtype)), this.value_range) };
  }
}
