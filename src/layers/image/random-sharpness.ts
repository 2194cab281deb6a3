import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { filtered } from "../../ops/image/blur.ts";
import { asDType } from "../../ops/operands.ts";
import { inChannelsLast } from "../../ops/window.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { upTo } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** 0 makes images smooth, 0.5 leaves them, 1 makes them sharp: the most, or the least and the most. */
  factor: upTo(),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomSharpness} takes. */
export interface RandomSharpnessOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes each image sharper or smoother, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_sharpness.py`.
 *
 * @example
 * const y = new RandomSharpness({ factor: [0.3, 0.8] }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomSharpness extends randomImageLayer("RandomSharpness", fields)<RandomSharpnessOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const dtype = this.computeDtype;
    const drawn = numberForEach(given, seeds, this.factor);
    const factor = subtract(asDType(1, dtype), asDType(multiply(drawn, 2), dtype));
    return { images: (images) => this.#sharpened(this.computed(images), factor) };
  }

  #sharpened(images: Numeric, factor: Numeric): Numeric {
    const [around, middle] = [1 / 13, 5 / 13];
    const shares = Array.from({ length: 9 }, (_, i) => (i === 4 ? middle : around));
    const smooth = inChannelsLast(images, this.data_format, (batch) =>
      filtered(batch, fromNumbers(this.computeDtype, [3, 3], shares)),
    );
    return clipTo(add(images, multiply(factor, subtract(smooth, images))), this.value_range);
  }
}
