import type { OptionsOf } from "../../fields/field.ts";
import { add, subtract } from "../../ops/arithmetic.ts";
import { clip, greaterEqual, logicalAnd, where } from "../../ops/comparison.ts";
import { arange } from "../../ops/creation.ts";
import { type Dimension, dimension } from "../../ops/dimensions.ts";
import { halfOfRest, pieceOf } from "../../ops/image/aspect-ratio.ts";
import { resize } from "../../ops/image/index.ts";
import { take } from "../../ops/indexing.ts";
import { asDType, asResult } from "../../ops/operands.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import { imageLayer } from "./image-layer.ts";
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
  override transform(given: Numeric): Numeric {
    const images = asDType(given, this.computeDtype);
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
}

/** The middle of an axis; of one that is too short, which is known only when a program runs, something of that size. */
function middleOf(images: Operand, axis: number, whole: Dimension, size: number): Operand {
  const start = halfOfRest(whole, size);
  if (typeof start === "number") return pieceOf(images, axis, start, size);
  const places = add(arange(size), start);
  const [x_min, x_max] = [0, subtract(whole, 1)];
  return take(images, clip(places, { x_min, x_max }), { axis });
}
