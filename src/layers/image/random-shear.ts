import type { OptionsOf } from "../../fields/field.ts";
import { multiply, subtract } from "../../ops/arithmetic.ts";
import { greater, less, where } from "../../ops/comparison.ts";
import { dimension } from "../../ops/dimensions.ts";
import { onesLike, zerosLike } from "../../ops/filling.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { apart, type Boxes, cutOff, joined, type Point, type Size } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { bothWays, type Pair } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { moved } from "./moved.ts";
import { imageFields, movingFields } from "./shared-fields.ts";

const fields = {
  ...imageFields(),
  /** How far rows move for each row: two numbers, or one for as much in both directions. Defaults to 0. */
  x_factor: bothWays(0),
  /** How far columns move for each column, likewise. Defaults to 0. */
  y_factor: bothWays(0),
  ...movingFields,
};

/** What {@link RandomShear} takes. */
export interface RandomShearOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training slants each image, at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_shear.py`.
 *
 * @example
 * const y = new RandomShear({ x_factor: 0.2 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomShear extends randomImageLayer("RandomShear", fields)<RandomShearOptions> {
  override draw(images: Numeric, seeds: SeedGenerator): Change {
    const dtype = this.computeDtype;
    const drawn = ([min, max]: Pair) => uniform(seeds, [dimension(images, 0), 1, 1], { min, max, dtype });
    const isBack = greater(drawn([0, 1]), 0.5);
    const slant = (factor: Pair) => {
      const by = drawn(factor);
      return asDType(where(isBack, multiply(by, -1), by), "float32");
    };
    const down = slant(this.y_factor);
    const across = slant(this.x_factor);
    const [zero, one] = [zerosLike(down), onesLike(down)];
    const change = moved(this, { a0: one, a1: across, a2: zero, b0: down, b1: one, b2: zero });
    return { ...change, boxes: (boxes) => this.#slantedBoxes(boxes, [across, down], this.sizeOf(images)) };
  }

  #slantedBoxes(given: Boxes, slant: Point, size: Size): Boxes {
    const [format, dtype] = [boxFormatOf(this), this.computeDtype];
    const [across, down] = slant.map((by) => asDType(by, dtype)) as [Numeric, Numeric];
    const { boxes, labels } = convertedBoxes(given, format, "rel_xyxy", size, dtype);
    const [x1, y1, x2, y2] = apart(boxes);
    const slanted = (x: Numeric, by: Numeric, y: Numeric) => subtract(x, multiply(by, y));
    const isLeft = less(across, 0);
    const left = where(isLeft, slanted(x1, across, y1), slanted(x1, across, y2));
    const right = where(isLeft, slanted(x2, across, y2), slanted(x2, across, y1));
    const isDown = greater(down, 0);
    const top = where(isDown, slanted(y1, down, right), slanted(y1, down, left));
    const bottom = where(isDown, slanted(y2, down, left), slanted(y2, down, right));
    const cut = cutOff({ boxes: joined([left, top, right, bottom]), labels }, { height: 1, width: 1 });
    return convertedBoxes(cut, "rel_xyxy", format, size, dtype);
  }
}
