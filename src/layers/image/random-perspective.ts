import type { OptionsOf } from "../../fields/field.ts";
import { float, floatBetween } from "../../fields/shorthands.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { dimension } from "../../ops/dimensions.ts";
import { inverted, perspectiveTransform } from "../../ops/image/perspective.ts";
import { squeeze } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { fromNumbers } from "../../tensor/create.ts";
import type { LayerOptions } from "../define.ts";
import { aroundCorners, type Boxes, cutOff, type Point, type Size } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { chosen } from "./drawn.ts";
import { between } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { knownSizes } from "./known-sizes.ts";
import { imageFields, seedFields, shareFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  ...shareFields,
  /** How far corners move: 1 for up to half of the image. Defaults to 1. */
  scale: floatBetween(0, 1)(1),
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: between("bilinear"),
  /** The value outside of the image. Defaults to 0. */
  fill_value: float(0),
  ...seedFields,
};

/** What {@link RandomPerspective} takes. */
export interface RandomPerspectiveOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training shows images in perspective, from points drawn at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.9 `layers/preprocessing/image_preprocessing/random_perspective.py`.
 *
 * @example
 * const y = new RandomPerspective({ scale: 0.3 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomPerspective extends randomImageLayer(
  "RandomPerspective",
  fields,
)<RandomPerspectiveOptions> {
  override draw(images: Numeric, seeds: SeedGenerator): Change {
    if (isAbstract(images)) return this.still(images);
    const { interpolation, fill_value, data_format, scale, computeDtype: dtype } = this;
    const isMoved = chosen(images, seeds, this.factor);
    const max = 0.5 * scale;
    const moves = uniform(seeds, [dimension(images, 0), 4, 2], { min: -max, max, dtype });
    const [height, width] = knownSizes(this, images).map((size) => size - 1) as [number, number];
    const start = fromNumbers(dtype, [1, 4, 2], [0, 0, width, 0, 0, height, width, height]);
    const end = add(start, multiply(start, moves));
    const seen = (batch: Numeric, between: typeof interpolation) => {
      const options = { interpolation: between, fill_value, data_format };
      return where(isMoved, perspectiveTransform(batch, start, end, options), batch);
    };
    return {
      images: (batch) => seen(this.computed(batch), interpolation),
      masks: (masks) => seen(masks, "nearest"),
      boxes: (boxes) =>
        this.#seenBoxes(boxes, squeeze(isMoved, { axis: -1 }), inverted(start, end), this.sizeOf(images)),
    };
  }

  /** Gives boxes as left, top, right and bottom whatever their format is, as Keras does. */
  #seenBoxes(given: Boxes, isMoved: Numeric, moved: (x: Numeric, y: Numeric) => Point, size: Size): Boxes {
    const { boxes, labels } = convertedBoxes(given, boxFormatOf(this), "xyxy", size);
    return cutOff({ boxes: where(isMoved, aroundCorners(boxes, moved), boxes), labels }, size);
  }
}
