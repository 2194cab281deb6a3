import type { OptionsOf } from "../../fields/field.ts";
import { floatBetween, seed } from "../../fields/shorthands.ts";
import type { JsonObject } from "../../json/json.ts";
import { less, where } from "../../ops/comparison.ts";
import { rgbToGrayscale } from "../../ops/image/index.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { type Change, recolored } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** The share of images that become gray, from 0 to 1. Defaults to 0.5. */
  factor: floatBetween(0, 1)(0.5),
  /** What makes the random numbers reproducible: an integer; configs do not have it. Defaults to null. */
  seed: seed(null),
};

/** What {@link RandomGrayscale} takes. */
export interface RandomGrayscaleOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes some images gray, chosen at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_grayscale.py`.
 *
 * @example
 * const y = new RandomGrayscale().apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomGrayscale extends randomColorLayer("RandomGrayscale", fields)<RandomGrayscaleOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const isGray = less(numberForEach(given, seeds), this.factor);
    const { data_format } = this;
    const gray = (images: Numeric) => where(isGray, rgbToGrayscale(images, { data_format }), images);
    return { images: (images) => recolored(images, gray) };
  }

  /** Keras does not write the seed. */
  override getConfig(): JsonObject {
    const config = super.getConfig();
    delete config.seed;
    return config;
  }
}
