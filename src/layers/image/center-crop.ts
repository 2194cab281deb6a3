import type { OptionsOf } from "../../fields/field.ts";
import { add, subtract } from "../../ops/arithmetic.ts";
import { clip } from "../../ops/clipping.ts";
import { greaterEqual, logicalAnd, where } from "../../ops/comparison.ts";
import { arange } from "../../ops/creation.ts";
import { type Dimension, dimension } from "../../ops/dimensions.ts";
import { halfOfRest, partInRatio, pieceOf } from "../../ops/image/aspect-ratio.ts";
import { resize } from "../../ops/image/resize.ts";
import { asDType, asResult } from "../../ops/operands.ts";
import { take } from "../../ops/take.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import { apart, type Boxes, cutOff, joined } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { imageLayer } from "./image-layer.ts";
import { knownSizes } from "./known-sizes.ts";
import { imageFields, sizeFields } from "./shared-fields.ts";

const fields = {
  ...imageFields(),
  ...sizeFields,
};

/** What {@link CenterCrop} takes. */
export interface CenterCropOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * The middle of images, in training and otherwise: `(batch, height, width, channels)`, or one image without a batch, to
 * the same with the new height and width. From smaller images the largest part of that ratio is taken, and resized.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/center_crop.py`.
 *
 * @example
 * const y = new CenterCrop({ height: 24, width: 24 }).apply(Input({ shape: [32, 32, 3] })); // [null, 24, 24, 3]
 */
export class CenterCrop extends imageLayer("CenterCrop", fields)<CenterCropOptions> {
  override change(images: Numeric): Change {
    const cropped = (given: Numeric) => this.#cropped(asDType(given, this.computeDtype));
    return { images: cropped, masks: cropped, boxes: (boxes) => this.#croppedBoxes(boxes, images) };
  }

  #cropped(images: Numeric): Numeric {
    const [rows, columns] = this.spatial;
    const { height, width, data_format } = this;
    const [above, aside] = [dimension(images, rows), dimension(images, columns)];
    const middle = () => {
      const high = middleOf(images, rows, above, height);
      return asResult(middleOf(high, columns, aside, width));
    };
    const resized = () => resize(images, { size: [height, width], crop_to_aspect_ratio: true, data_format });
    if (typeof above === "number" && typeof aside === "number")
      return above >= height && aside >= width ? middle() : resized();
    const fits = logicalAnd(greaterEqual(above, height), greaterEqual(aside, width));
    return where(fits, middle(), resized());
  }

  #croppedBoxes(given: Boxes, images: Numeric): Boxes {
    const format = boxFormatOf(this);
    const [above, aside] = knownSizes(this, images);
    const { height, width } = this;
    const pixels = convertedBoxes(given, format, "xyxy", { height: above, width: aside });
    const isWhole = above >= height && aside >= width;
    // What is taken of smaller images, before it is resized.
    const kept = isWhole
      ? { height, width }
      : {
          height: partInRatio(above, aside, height, width) as number,
          width: partInRatio(aside, above, width, height) as number,
        };
    const [x1, y1, x2, y2] = apart(pixels.boxes);
    const within = (x: Numeric, whole: number, part: number) => {
      const start = Math.trunc((whole - part) / 2);
      return subtract(clip(x, { x_min: start, x_max: start + part }), start);
    };
    const across = (x: Numeric) => within(x, aside, kept.width);
    const down = (y: Numeric) => within(y, above, kept.height);
    const inside = { ...pixels, boxes: joined([across(x1), down(y1), across(x2), down(y2)]) };
    const shares = () => convertedBoxes(inside, "xyxy", "rel_xyxy", kept);
    const cropped = isWhole ? inside : convertedBoxes(shares(), "rel_xyxy", "xyxy", this);
    return convertedBoxes(cutOff(cropped, this), "xyxy", format, this);
  }
}

/** The middle of an axis; of one that is too short, which is known only when a program runs, something of that size. */
function middleOf(images: Operand, axis: number, whole: Dimension, size: number): Operand {
  const start = halfOfRest(whole, size);
  if (typeof start === "number") return pieceOf(images, axis, start, size);
  const places = add(arange(size), start);
  const [x_min, x_max] = [0, subtract(whole, 1)];
  return take(images, clip(places, { x_min, x_max }), { axis });
}
