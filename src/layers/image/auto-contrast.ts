import type { OptionsOf } from "../../fields/field.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { where } from "../../ops/comparison.ts";
import { negative } from "../../ops/elementwise.ts";
import { asDType } from "../../ops/operands.ts";
import { max, min } from "../../ops/reduction.ts";
import { isnan } from "../../ops/truths.ts";
import type { Numeric } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { imageLayer } from "./image-layer.ts";
import { imageFields, rangeFields } from "./shared-fields.ts";
import { inRange } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15" }),
  ...rangeFields,
};

/** What {@link AutoContrast} takes. */
export interface AutoContrastOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Stretches the values of each channel of each image over the whole range, in training and otherwise; a channel of one
 * value stays as it is. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/auto_contrast.py`.
 *
 * @example
 * const y = new AutoContrast({ value_range: [0, 1] }).apply(Input({ shape: [32, 32, 3] }));
 */
export class AutoContrast extends imageLayer("AutoContrast", fields)<AutoContrastOptions> {
  override change(): Change {
    return { images: (images) => this.#stretched(images) };
  }

  #stretched(given: Numeric): Numeric {
    const dtype = this.computeDtype;
    const stretched = inRange(given, this.value_range, dtype, (pixels) => {
      const images = asDType(pixels, dtype);
      // Of these axes whatever the data format is, as in Keras.
      const axes = { axis: [1, 2], keepdims: true };
      const [low, high] = [min(images, axes), max(images, axes)];
      const scale = divide(255, subtract(high, low));
      const offset = multiply(negative(low), scale);
      return clip(add(multiply(images, scale), offset), { x_min: 0, x_max: 255 });
    });
    return where(isnan(stretched), given, stretched);
  }
}
