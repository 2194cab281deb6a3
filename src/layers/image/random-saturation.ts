import type { OptionsOf } from "../../fields/field.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { hsvToRgb, rgbToHsv } from "../../ops/image/index.ts";
import { concatenate } from "../../ops/joining.ts";
import { asDType } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
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
  /** 0 makes images gray, 0.5 leaves them, more makes colors stronger: two numbers, or one for both directions. */
  factor: bothWays(),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomSaturation} takes. */
export interface RandomSaturationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes the colors of each image stronger or weaker, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_saturation.py`.
 *
 * @example
 * const y = new RandomSaturation({ factor: [0.4, 0.6], value_range: [0, 1] }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomSaturation extends randomColorLayer("RandomSaturation", fields)<RandomSaturationOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const drawn = numberForEach(given, seeds, this.factor);
    const factor = asDType(divide(drawn, add(subtract(1, drawn), 1e-7)), this.computeDtype);
    return { images: (images) => recolored(images, (all) => this.#saturated(all, factor)) };
  }

  #saturated(images: Numeric, factor: Numeric): Numeric {
    const { data_format, channels: axis } = this;
    const hsv = rgbToHsv(images, { data_format });
    const saturation = clipTo(multiply(sliceAxis(hsv, axis, 1, 2), factor), this.value_range);
    const parts = [sliceAxis(hsv, axis, 0, 1), saturation, sliceAxis(hsv, axis, 2, 3)];
    return hsvToRgb(concatenate(parts, { axis }), { data_format });
  }
}
