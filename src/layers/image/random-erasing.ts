import type { OptionsOf } from "../../fields/field.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { greaterEqual, less, logicalAnd, where } from "../../ops/comparison.ts";
import { arange } from "../../ops/creation.ts";
import { dimension, reshapeTo } from "../../ops/dimensions.ts";
import { sqrt } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import { normalLike, uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { fromNested } from "../../tensor/create.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { chosen, numberForEach } from "./drawn.ts";
import { numberOrNumbers, upTo } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { imageFields, rangeFields, seedFields, shareFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  ...shareFields,
  /** The area that is erased, as a share of the image: the most, or the least and the most. Defaults to [0.02, 0.33]. */
  scale: upTo([0.02, 0.33]),
  /** What is put there: a number, three of them, or null for noise. Defaults to null. */
  fill_value: numberOrNumbers(null),
  ...rangeFields,
  ...seedFields,
};

/** What {@link RandomErasing} takes. */
export interface RandomErasingOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training erases a rectangle of some images, chosen at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.9 `layers/preprocessing/image_preprocessing/random_erasing.py`.
 *
 * @example
 * const y = new RandomErasing({ scale: 0.2 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomErasing extends randomImageLayer("RandomErasing", fields)<RandomErasingOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const images = this.computed(given);
    const dtype = this.computeDtype;
    const [least, most] = this.scale;
    const sides = sqrt(uniform(seeds, [dimension(images, 0), 2], { min: least, max: most, dtype }));
    const [height, width] = this.spatial;
    const across = this.#within(images, width, sliceAxis(sides, 1, 0, 1), seeds);
    const down = this.#within(images, height, sliceAxis(sides, 1, 1, 2), seeds);
    const isErased = chosen(images, seeds, this.factor);
    const filling = this.#filling(images, seeds);
    const isFilled = logicalAnd(isErased, logicalAnd(across, down));
    return { images: (batch) => where(isFilled, filling, this.computed(batch)) };
  }

  /** Which places of an axis are in a piece that has a share of it, from a place on that is drawn. */
  #within(images: Numeric, axis: number, share: Numeric, seeds: SeedGenerator): Numeric {
    const dtype = this.computeDtype;
    const size = dimension(images, axis);
    const length = reshapeTo(multiply(share, asDType(size, dtype)), [-1, 1, 1, 1]);
    const drawn = numberForEach(images, seeds, [0, 1], dtype);
    const start = multiply(drawn, subtract(asDType(size, dtype), length));
    const places = reshapeTo(
      asDType(arange(size), dtype),
      [1, 2, 3, 4].map((_, i) => (i === axis ? size : 1)),
    );
    return logicalAnd(greaterEqual(places, start), less(places, add(start, length)));
  }

  #filling(images: Numeric, seeds: SeedGenerator): Numeric {
    const { fill_value: value, value_range: range, computeDtype: dtype } = this;
    const [, most] = range;
    const filling = value === null ? multiply(normalLike(images, seeds), most) : fromNested(value, dtype);
    return clipTo(filling, range);
  }
}
