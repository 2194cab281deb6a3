import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { dimension } from "../../ops/dimensions.ts";
import { negative } from "../../ops/elementwise.ts";
import { onesLike, zerosLike } from "../../ops/filling.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { apart, type Boxes, cutOff, joined, type Point, type Size } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { fractions, pairOf } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { moved } from "./moved.ts";
import { imageFields, movingFields } from "./shared-fields.ts";

const fields = {
  ...imageFields(),
  /** How far images move down, in heights: 0.2 for up to a fifth down or up, or two numbers, the least and the most. */
  height_factor: fractions(),
  /** How far they move to the right, in widths; likewise. */
  width_factor: fractions(),
  ...movingFields,
};

/** What {@link RandomTranslation} takes. */
export interface RandomTranslationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training moves each image up or down and to a side, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_translation.py`.
 *
 * @example
 * const move = new RandomTranslation({ height_factor: 0.1, width_factor: 0.1, fill_mode: "constant" });
 * const y = move.apply(Input({ shape: [32, 32, 3] })); // up to three pixels in each direction
 */
export class RandomTranslation extends randomImageLayer(
  "RandomTranslation",
  fields,
)<RandomTranslationOptions> {
  override draw(images: Numeric, seeds: SeedGenerator): Change {
    const [height, width] = this.spatial;
    const distance = (factor: number | readonly number[], axis: number) => {
      const [min, max] = pairOf(factor);
      const drawn = uniform(seeds, [dimension(images, 0), 1, 1], { min, max });
      return multiply(drawn, asDType(dimension(images, axis), "float32"));
    };
    const down = distance(this.height_factor, height);
    const right = distance(this.width_factor, width);
    const [zero, one] = [zerosLike(down), onesLike(down)];
    const change = moved(this, {
      a0: one,
      a1: zero,
      a2: negative(right),
      b0: zero,
      b1: one,
      b2: negative(down),
    });
    return { ...change, boxes: (boxes) => this.#movedBoxes(boxes, [right, down], this.sizeOf(images)) };
  }

  #movedBoxes(given: Boxes, [right, down]: Point, size: Size): Boxes {
    const format = boxFormatOf(this);
    const { boxes, labels } = convertedBoxes(given, format, "xyxy", size);
    const [x1, y1, x2, y2] = apart(boxes);
    const moved = joined([add(x1, right), add(y1, down), add(x2, right), add(y2, down)]);
    return convertedBoxes(cutOff({ boxes: moved, labels }, size), "xyxy", format, size);
  }
}
