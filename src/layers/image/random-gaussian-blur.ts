import type { OptionsOf } from "../../fields/field.ts";
import { add } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { blurred } from "../../ops/image/blur.ts";
import { asDType } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import { inChannelsLast } from "../../ops/window.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { chosen } from "./drawn.ts";
import { oddSizes, upTo } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields, shareFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  ...shareFields,
  /** Width and height of the kernel, odd numbers: one for both, or one for each. Defaults to 3. */
  kernel_size: oddSizes(3),
  /** The standard deviations that are drawn, in pixels: the most, or the least and the most. Defaults to 1. */
  sigma: upTo(1),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomGaussianBlur} takes. */
export interface RandomGaussianBlurOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training blurs some images, chosen at random, by what is drawn for all of a batch; else passes images on. Shape in is shape out.
 * Source: Keras 3.9 `layers/preprocessing/image_preprocessing/random_gaussian_blur.py`.
 *
 * @example
 * const y = new RandomGaussianBlur({ sigma: [0.5, 1] }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomGaussianBlur extends randomImageLayer(
  "RandomGaussianBlur",
  fields,
)<RandomGaussianBlurOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const dtype = this.computeDtype;
    const isBlurred = chosen(given, seeds, this.factor);
    const [least, most] = this.sigma;
    const sigma = add(uniform(seeds, [2], { min: least, max: most, dtype }), asDType(1e-6, dtype));
    return { images: (images) => this.#blurred(this.computed(images), isBlurred, sigma) };
  }

  #blurred(images: Numeric, isBlurred: Numeric, sigma: Numeric): Numeric {
    const blurry = inChannelsLast(images, this.data_format, (batch) =>
      blurred(batch, this.kernel_size, [sliceAxis(sigma, 0, 0, 1), sliceAxis(sigma, 0, 1, 2)]),
    );
    return clipTo(where(isBlurred, blurry, images), this.value_range);
  }
}
