import type { OptionsOf } from "../../fields/field.ts";
import { subtract } from "../../ops/arithmetic.ts";
import { dimension, filled, reshapeTo } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { integers } from "../../random/drawing-integers.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { bits } from "./fields.ts";
import { randomColorLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields } from "./shared-fields.ts";
import { inRange } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** How many bits of each value are kept, from 1 to 8: the most, or the least and the most, which is not reached. */
  factor: bits(),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomPosterization} takes. */
export interface RandomPosterizationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training keeps only the highest bits of each value, as many as are drawn for an image; else passes images on. Shape
 * in is shape out. Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_posterization.py`.
 *
 * @example
 * const y = new RandomPosterization({ factor: [2, 6] }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomPosterization extends randomColorLayer(
  "RandomPosterization",
  fields,
)<RandomPosterizationOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const count = dimension(given, 0);
    const [least, most] = this.factor;
    const kept =
      least === most
        ? filled([count], least, "uint8")
        : integers(seeds, [count], { min: Math.trunc(least), max: Math.trunc(most), dtype: "uint8" });
    const cut = reshapeTo(subtract(8, kept), [count, 1, 1, 1]);
    return { images: (images) => this.#posterized(images, cut) };
  }

  #posterized(images: Numeric, cut: Numeric): Numeric {
    const dtype = this.computeDtype;
    const posterized = inRange(images, this.value_range, dtype, (pixels) => {
      const bytes = asDType(pixels, "uint8");
      return asDType(prim("shift_left", [prim("shift_right", [bytes, cut]), cut]), dtype);
    });
    return asDType(posterized, dtype);
  }
}
