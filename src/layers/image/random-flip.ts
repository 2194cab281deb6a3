import type { OptionsOf } from "../../fields/field.ts";
import { choice } from "../../fields/shorthands.ts";
import { subtract } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { asDType } from "../../ops/operands.ts";
import { squeeze } from "../../ops/reshaping.ts";
import { flip } from "../../ops/transposing.ts";
import type { Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { apart, type Boxes, cutOff, joined, type Size } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { numberForEach } from "./drawn.ts";
import { randomImageLayer } from "./image-layer.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.6", droppable: true }),
  ...seedFields,
  /** Which sides are exchanged: left and right (`"horizontal"`), top and bottom, or both. Defaults to "horizontal_and_vertical". */
  mode: choice("horizontal", "vertical", "horizontal_and_vertical")("horizontal_and_vertical"),
};

/** What {@link RandomFlip} takes. */
export interface RandomFlipOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training mirrors one image in two, chosen at random; else passes images on. Shape in is shape out. As every layer
 * of images it takes a dict, too: `images`, and `labels`, `segmentation_masks` and `bounding_boxes` that go with them.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_flip.py`.
 *
 * @example
 * const y = new RandomFlip({ mode: "horizontal" }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomFlip extends randomImageLayer("RandomFlip", fields)<RandomFlipOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const drawn = numberForEach(given, seeds);
    const isFlipped = prim("le", [drawn, asDType(0.5, "float32")]);
    const flipped = (images: Numeric) => this.#flipped(this.computed(images), isFlipped);
    const size = this.sizeOf(given);
    return {
      images: flipped,
      masks: flipped,
      boxes: (boxes) => this.#flippedBoxes(boxes, squeeze(isFlipped, { axis: -1 }), size),
    };
  }

  override still(): Change {
    const same = (images: Numeric) => this.computed(images);
    return { images: same, masks: same };
  }

  #flipped(given: Numeric, isFlipped: Numeric): Numeric {
    const [height, width] = this.spatial;
    let images = given;
    if (this.mode !== "vertical") images = where(isFlipped, flip(images, { axis: width }), images);
    if (this.mode !== "horizontal") images = where(isFlipped, flip(images, { axis: height }), images);
    return images;
  }

  #flippedBoxes(given: Boxes, isFlipped: Numeric, size: Size): Boxes {
    const format = boxFormatOf(this);
    const { boxes, labels } = convertedBoxes(given, format, "rel_xyxy", size);
    let [x1, y1, x2, y2] = apart(boxes);
    const either = (a: Numeric, b: Numeric) => where(isFlipped, subtract(1, b), a);
    if (this.mode !== "vertical") [x1, x2] = [either(x1, x2), either(x2, x1)];
    if (this.mode !== "horizontal") [y1, y2] = [either(y1, y2), either(y2, y1)];
    // Shares of the image are cut off where pixels would be, as in Keras.
    const cut = cutOff({ boxes: joined([x1, y1, x2, y2]), labels }, size);
    return convertedBoxes(cut, "rel_xyxy", format, size);
  }
}
