import type { OptionsOf } from "../../fields/field.ts";
import { choice } from "../../fields/shorthands.ts";
import { where } from "../../ops/comparison.ts";
import { asDType } from "../../ops/operands.ts";
import { flip } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { numberForEach } from "./drawn.ts";
import { randomImageLayer } from "./image-layer.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.6" }),
  ...seedFields,
  /** Which sides are exchanged: left and right (`"horizontal"`), top and bottom, or both. Defaults to "horizontal_and_vertical". */
  mode: choice("horizontal", "vertical", "horizontal_and_vertical")("horizontal_and_vertical"),
};

/** What {@link RandomFlip} takes. */
export interface RandomFlipOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training mirrors one image in two, chosen at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_flip.py`.
 *
 * @example
 * const y = new RandomFlip({ mode: "horizontal" }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomFlip extends randomImageLayer("RandomFlip", fields)<RandomFlipOptions> {
  override disturb(given: Numeric, seeds: SeedGenerator): Numeric {
    const drawn = numberForEach(given, seeds);
    const isFlipped = prim("le", [drawn, asDType(0.5, "float32")]);
    const [height, width] = this.spatial;
    let images = this.passOn(given);
    if (this.mode !== "vertical") images = where(isFlipped, flip(images, { axis: width }), images);
    if (this.mode !== "horizontal") images = where(isFlipped, flip(images, { axis: height }), images);
    return images;
  }
}
