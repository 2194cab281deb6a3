import type { OptionsOf } from "../../fields/field.ts";
import { seed } from "../../fields/shorthands.ts";
import { makeDefaultSeed } from "../../initializers/seed.ts";
import { calculate, type Dimension, dimension } from "../../ops/dimensions.ts";
import { halfOfRest, partInRatio, pieceOf } from "../../ops/image/aspect-ratio.ts";
import { resize } from "../../ops/image/index.ts";
import { asDType, asResult } from "../../ops/operands.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
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

  constructor(options: RandomCropOptions) {
    super(options);
    if (this.seed === null) Object.assign(this, { seed: makeDefaultSeed() });
  }

  override disturb(images: Numeric, seeds: SeedGenerator): Numeric {
    if (isAbstract(images)) return this.#cropped(images);
    const [above, aside] = knownSizes(this, images);
    if (above <= this.height || aside <= this.width) return this.#cropped(images);
    const start = (rest: number) => asDType(uniform(seeds, [], { max: rest + 1 }), "int32");
    const [top, left] = [start(above - this.height), start(aside - this.width)];
    const [rows, columns] = this.spatial;
    const high = pieceOf(asDType(images, this.computeDtype), rows, top, this.height);
    return asResult(pieceOf(high, columns, left, this.width));
  }

  override passOn(given: Numeric): Numeric {
    return this.cropsInTrainingOnly ? given : this.#cropped(given);
  }

  /** The part in the middle. */
  #cropped(given: Numeric): Numeric {
    const images = asDType(given, this.computeDtype);
    const { height, width, data_format } = this;
    const [rows, columns] = this.spatial;
    const [above, aside] = [dimension(images, rows), dimension(images, columns)];
    const high = middleOf(images, rows, [above, height], [aside, width]);
    const part = middleOf(high, columns, [aside, width], [above, height]);
    return asDType(resize(part, { size: [height, width], data_format }), this.computeDtype);
  }
}

/** How long an axis is, and how long it is to be. */
type Lengths = readonly [own: Dimension, target: number];

/** Of an axis so much as the result has, from where the part begins that has its ratio. */
function middleOf(images: Operand, axis: number, [own, target]: Lengths, [other, its]: Lengths): Operand {
  const start = halfOfRest(own, partInRatio(own, other, target, its));
  return pieceOf(images, axis, start, calculate("min", calculate("sub", own, start), target));
}
