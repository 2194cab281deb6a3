import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { mean } from "../../ops/reduction.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { upTo, valueRange } from "./fields.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields, seedFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** Contrasts between `1 - factor[0]` and `1 + factor[1]` times as much are drawn; one number is the latter. */
  factor: upTo(),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: valueRange({ since: "3.8", droppable: true }),
  ...seedFields,
};

/** What {@link RandomContrast} takes. */
export interface RandomContrastOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes what differs from the mean of each image and channel more or less, at random; else passes images
 * on. Shape in is shape out. Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_contrast.py`.
 *
 * @example
 * const y = new RandomContrast({ factor: [0.3, 0.3] }).apply(Input({ shape: [32, 32, 3] }));
 */
export class RandomContrast extends randomColorLayer("RandomContrast", fields)<RandomContrastOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const [less, more] = this.factor;
    const factor = numberForEach(given, seeds, [1 - less, 1 + more], this.computeDtype);
    return { images: (images) => this.#contrasted(images, factor) };
  }

  #contrasted(images: Numeric, factor: Numeric): Numeric {
    const [height, width] = this.spatial;
    const average = mean(mean(images, { axis: height, keepdims: true }), { axis: width, keepdims: true });
    const changed = add(multiply(subtract(images, average), factor), average);
    return clipTo(changed, this.value_range);
  }
}
