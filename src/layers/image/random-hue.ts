import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { greater, less, where } from "../../ops/comparison.ts";
import { hsvToRgb, rgbToHsv } from "../../ops/image/index.ts";
import { concatenate } from "../../ops/joining.ts";
import { asDType } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { type Change, recolored } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { upTo } from "./fields.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields } from "./shared-fields.ts";
import { clipTo, rescaled } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** How far hues turn, as a share of half the circle: the most, or the least and the most. */
  factor: upTo(),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomHue} takes. */
export interface RandomHueOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training turns the hue of each image to one side or the other, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_hue.py`.
 *
 * @example
 * const y = new RandomHue({ factor: 0.2 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomHue extends randomColorLayer("RandomHue", fields)<RandomHueOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const isBack = greater(numberForEach(given, seeds), 0.5);
    const turn = multiply(numberForEach(given, seeds, this.factor), 0.5);
    const turned = where(isBack, multiply(turn, -1), turn);
    return { images: (images) => recolored(this.computed(images), (all) => this.#turned(all, turned)) };
  }

  #turned(images: Numeric, turn: Numeric): Numeric {
    const { data_format, channels: axis } = this;
    const hsv = rgbToHsv(rescaled(images, this.value_range, [0, 1], "float32"), { data_format });
    const turned = add(sliceAxis(hsv, axis, 0, 1), asDType(turn, hsv.dtype));
    const most = where(greater(turned, 1), subtract(turned, 1), turned);
    const hue = where(less(most, 0), add(most, 1), most);
    const colors = hsvToRgb(concatenate([hue, sliceAxis(hsv, axis, 1, 3)], { axis }), { data_format });
    const bright = clipTo(colors, [0, 1]);
    return asDType(rescaled(bright, [0, 1], this.value_range, "float32"), this.computeDtype);
  }
}
