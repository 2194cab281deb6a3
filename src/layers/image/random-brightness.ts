import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/comparison.ts";
import { dimension } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { dataFormat } from "../data-format.ts";
import type { LayerOptions } from "../define.ts";
import { bothWays, boundingBoxFormat, seed, valueRange } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";

const fields = {
  /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
  data_format: { ...dataFormat(), since: "3.15" },
  /** How boxes around things are given, such as `"xyxy"`; kept for Keras. Defaults to null. */
  bounding_box_format: boundingBoxFormat(),
  /** How much darker and brighter, as a share of the range of values: two numbers, or one for as much in both directions. */
  factor: bothWays(),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: valueRange(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
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
export class RandomBrightness extends randomImageLayer("RandomBrightness", fields)<RandomBrightnessOptions> {
  override disturb(images: Numeric, seeds: SeedGenerator): Numeric {
    const [min, max] = this.factor;
    const [least, most] = this.value_range;
    const drawn = uniform(seeds, [dimension(images, 0), 1, 1, 1], { min, max });
    const change = asDType(multiply(drawn, most - least), images.dtype);
    return clip(add(images, change), { x_min: least, x_max: most });
  }

  /** Integers stay integers. */
  override passOn(images: Numeric): Numeric {
    return images;
  }
}
