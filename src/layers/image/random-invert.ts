import type { OptionsOf } from "../../fields/field.ts";
import { subtract } from "../../ops/arithmetic.ts";
import { less, where } from "../../ops/comparison.ts";
import { dimension } from "../../ops/dimensions.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { dataFormat } from "../data-format.ts";
import type { LayerOptions } from "../define.ts";
import { boundingBoxFormat, seed, upTo, valueRange } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";

const fields = {
  /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
  data_format: { ...dataFormat(), since: "3.15" },
  /** How boxes around things are given, such as `"xyxy"`; kept for Keras. Defaults to null. */
  bounding_box_format: boundingBoxFormat(),
  /** How often it is done: a share that is drawn for each image, the most, or the least and the most. Defaults to 1. */
  factor: upTo(1),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: valueRange(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
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
export class RandomInvert extends randomImageLayer("RandomInvert", fields)<RandomInvertOptions> {
  override disturb(given: Numeric, seeds: SeedGenerator): Numeric {
    const images = super.passOn(given);
    const shape = [dimension(images, 0), 1, 1, 1];
    const [min, max] = this.factor;
    const share = uniform(seeds, shape, { min, max });
    return where(less(uniform(seeds, shape), share), subtract(this.value_range[1], images), images);
  }

  override passOn(images: Numeric): Numeric {
    return images;
  }
}
