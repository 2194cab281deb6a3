import type { OptionsOf } from "../../fields/field.ts";
import { seed } from "../../fields/shorthands.ts";
import { makeDefaultSeed } from "../../initializers/seed.ts";
import { maximum, subtract } from "../../ops/arithmetic.ts";
import { calculate, type Dimension } from "../../ops/dimensions.ts";
import { halfOfRest, partInRatio, pieceOf } from "../../ops/image/aspect-ratio.ts";
import { resize } from "../../ops/image/resize.ts";
import { asDType, asResult } from "../../ops/operands.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { apart, type Boxes, joined } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { randomImageLayer } from "./image-layer.ts";
import { knownSizes } from "./known-sizes.ts";
import { imageFields, sizeFields } from "./shared-fields.ts";

const fields = {
  ...imageFields(),
  ...sizeFields,
  /** What makes the random numbers reproducible: an integer. Defaults to one drawn at random, which the config says. */
  seed: seed(null),
};

/** What {@link RandomCrop} takes. */
export interface RandomCropOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training a part of the images, drawn at random, the same of all in a batch; else the part in the middle that has the
 * ratio of the result, as far as it goes: `(batch, height, width, channels)`, or one image without a batch, to the same
 * with the new height and width. Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_crop.py`.
 *
 * @example
 * const y = new RandomCrop({ height: 24, width: 24 }).apply(Input({ shape: [32, 32, 3] })); // [null, 24, 24, 3]
 */
export class RandomCrop extends randomImageLayer("RandomCrop", fields)<RandomCropOptions> {
  /** Whether images are passed on as they are otherwise, as in Keras from 3.8 on; set on objects from its files. */
  cropsInTrainingOnly = false;
  /** Whether the part in the middle is the largest of the ratio, as in Keras 2; set on objects from its files. */
  cropsLargest = false;

  constructor(options: RandomCropOptions) {
    super(options);
    if (this.seed === null) Object.assign(this, { seed: makeDefaultSeed() });
  }

  override draw(images: Numeric, seeds: SeedGenerator): Change {
    if (isAbstract(images)) return this.#inMiddle(images);
    const [above, aside] = knownSizes(this, images);
    if (above <= this.height || aside <= this.width) return this.#inMiddle(images);
    const start = (rest: number) => asDType(uniform(seeds, [], { max: rest + 1 }), "int32");
    const [top, left] = [start(above - this.height), start(aside - this.width)];
    const [rows, columns] = this.spatial;
    const cropped = (given: Numeric) => {
      const high = pieceOf(this.computed(given), rows, top, this.height);
      return asResult(pieceOf(high, columns, left, this.width));
    };
    return { images: cropped, masks: cropped, boxes: (boxes) => this.#croppedBoxes(boxes, top, left) };
  }

  override still(images: Numeric): Change {
    const { boxes: _, ...cropped } = this.#inMiddle(images);
    return this.cropsInTrainingOnly ? { ...cropped, images: (given) => given } : cropped;
  }

  /** The part in the middle. */
  #inMiddle(images: Numeric): Change {
    const { height, width, data_format } = this;
    const [rows, columns] = this.spatial;
    const { height: above, width: aside } = this.sizeOf(images);
    const [high, wide]: [Lengths, Lengths] = [
      [above, height],
      [aside, width],
    ];
    const [top, left] = [startOf(high, wide), startOf(wide, high)];
    const rowsLeft = this.cropsLargest ? largestOf(high, wide) : restOf(top, high);
    const columnsLeft = this.cropsLargest ? largestOf(wide, high) : restOf(left, wide);
    const cropped = (given: Numeric) => {
      const piece = pieceOf(this.computed(given), rows, top, rowsLeft);
      const part = pieceOf(piece, columns, left, columnsLeft);
      return this.computed(resize(part, { size: [height, width], data_format }));
    };
    return { images: cropped, masks: cropped, boxes: (boxes) => this.#croppedBoxes(boxes, top, left) };
  }

  /** Takes what is cut off at the top from what goes across, and what is cut off at the left from what goes down, as Keras. */
  #croppedBoxes(given: Boxes, top: Dimension, left: Dimension): Boxes {
    const format = boxFormatOf(this);
    const { boxes, labels } = convertedBoxes(given, format, "xyxy", this);
    const [x1, y1, x2, y2] = apart(boxes);
    const moved = (x: Numeric, by: Dimension) => maximum(subtract(x, asDType(by, dtypeOf(x))), 0);
    const cropped = joined([moved(x1, top), moved(y1, left), moved(x2, top), moved(y2, left)]);
    return convertedBoxes({ boxes: cropped, labels }, "xyxy", format, this);
  }
}

/** How long an axis is, and how long it is to be. */
type Lengths = readonly [own: Dimension, target: number];

/** Where of an axis the part begins that has the ratio of the result. */
function startOf(own: Lengths, other: Lengths): Dimension {
  return halfOfRest(own[0], largestOf(own, other));
}

/** How long the largest part is that has the ratio of the result. */
function largestOf([own, target]: Lengths, [other, its]: Lengths): Dimension {
  return partInRatio(own, other, target, its);
}

/** Of an axis so much as the result has, or as is left. */
function restOf(start: Dimension, [own, target]: Lengths): Dimension {
  return calculate("min", calculate("sub", own, start), target);
}
