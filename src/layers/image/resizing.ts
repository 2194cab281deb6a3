import type { OptionsOf } from "../../fields/field.ts";
import { bool, choice, float } from "../../fields/shorthands.ts";
import { add, multiply } from "../../ops/arithmetic.ts";
import { equal, logicalOr, where } from "../../ops/comparison.ts";
import { resize } from "../../ops/image/resize.ts";
import type { Interpolation } from "../../ops/image/resize-weights.ts";
import { all } from "../../ops/reduction.ts";
import type { Numeric } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import { apart, type Boxes, cutOff, joined, type Size } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import { resizedBy } from "./boxes/resized.ts";
import type { Change } from "./change.ts";
import { imageLayer } from "./image-layer.ts";
import { imageFields, sizeFields } from "./shared-fields.ts";

const fields = {
  ...imageFields(),
  ...sizeFields,
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: choice("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5")("bilinear"),
  /** Whether the largest part in the middle that has the ratio of the result is taken first. Defaults to false. */
  crop_to_aspect_ratio: bool(false),
  /** Whether bars are added on two sides first, up to the ratio of the result. Defaults to false. */
  pad_to_aspect_ratio: bool(false, { since: "3.3" }),
  /** What the bars hold: one value. Defaults to "constant". */
  fill_mode: choice("constant")("constant", { since: "3.3" }),
  /** The value of the bars. Defaults to 0. */
  fill_value: float(0, { since: "3.3" }),
  /** Whether each pixel of a smaller result is an average of all that it covers. Defaults to false. */
  antialias: bool(false, { since: "3.9" }),
};

/** What {@link Resizing} takes. */
export interface ResizingOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Images in another size, in training and otherwise: `(batch, height, width, channels)`, or one image without a batch,
 * to the same with the new height and width. Integers are rounded and stay integers.
 * Source: Keras 3.6 `layers/preprocessing/image_preprocessing/resizing.py`.
 *
 * @example
 * const y = new Resizing({ height: 32, width: 32 }).apply(Input({ shape: [null, null, 3] })); // [null, 32, 32, 3]
 */
export class Resizing extends imageLayer("Resizing", fields)<ResizingOptions> {
  override change(images: Numeric): Change {
    return {
      images: (given) => this.#resized(given, this.interpolation),
      masks: (masks) => this.#resized(masks, "nearest"),
      boxes: (boxes) => this.#resizedBoxes(boxes, this.sizeOf(images)),
    };
  }

  #resized(images: Numeric, interpolation: Interpolation): Numeric {
    return resize(images, {
      size: [this.height, this.width],
      interpolation,
      antialias: this.antialias,
      crop_to_aspect_ratio: this.crop_to_aspect_ratio,
      pad_to_aspect_ratio: this.pad_to_aspect_ratio,
      fill_mode: this.fill_mode,
      fill_value: this.fill_value,
      data_format: this.data_format,
    });
  }

  /** Boxes of zeros or of -1 stand for none and become zeros. */
  #resizedBoxes(given: Boxes, size: Size): Boxes {
    const format = boxFormatOf(this);
    const areAll = (value: number) => all(equal(given.boxes, value), { axis: -1, keepdims: true });
    const isNone = logicalOr(areAll(-1), areAll(0));
    const { boxes, labels } = convertedBoxes(given, format, "xyxy", size);
    const { scale, offset } = resizedBy(size, this);
    const [x1, y1, x2, y2] = apart(boxes);
    const across = (x: Numeric) => add(multiply(x, scale[0]), offset[0]);
    const down = (y: Numeric) => add(multiply(y, scale[1]), offset[1]);
    const cut = cutOff({ boxes: joined([across(x1), down(y1), across(x2), down(y2)]), labels }, this);
    return convertedBoxes({ ...cut, boxes: where(isNone, 0, cut.boxes) }, "xyxy", format, this);
  }
}
