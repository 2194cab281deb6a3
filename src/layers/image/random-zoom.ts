import type { OptionsOf } from "../../fields/field.ts";
import { add, maximum, minimum, multiply, subtract } from "../../ops/arithmetic.ts";
import { type Dimension, dimension } from "../../ops/dimensions.ts";
import { zerosLike } from "../../ops/filling.ts";
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
  /**
   * How much of the height is seen more or less: 0.2 for up to a fifth more (smaller things) or less, or two numbers,
   * the least and the most.
   */
  height_factor: fractions(),
  /** The same of the width. Defaults to null, the same ratio as the height. */
  width_factor: fractions(null),
  ...movingFields,
};

/** What {@link RandomZoom} takes. */
export interface RandomZoomOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training makes each image larger or smaller around its middle, at random; else passes images on. Shape in is shape
 * out. Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_zoom.py`.
 *
 * @example
 * const y = new RandomZoom({ height_factor: [-0.2, 0] }).apply(Input({ shape: [32, 32, 3] })); // up to a fifth larger
 */
export class RandomZoom extends randomImageLayer("RandomZoom", fields)<RandomZoomOptions> {
  override draw(images: Numeric, seeds: SeedGenerator): Change {
    const zoom = (factor: number | readonly number[]) => {
      const [least, most] = pairOf(factor);
      return uniform(seeds, [dimension(images, 0), 1, 1], { min: 1 + least, max: 1 + most });
    };
    const high = zoom(this.height_factor);
    const wide = this.width_factor === null ? high : zoom(this.width_factor);
    const [height, width] = this.spatial;
    const none = zerosLike(high);
    const start: Point = [this.#offset(images, width, wide), this.#offset(images, height, high)];
    const change = moved(this, { a0: wide, a1: none, a2: start[0], b0: none, b1: high, b2: start[1] });
    const size = this.sizeOf(images);
    const along = (zoom: Numeric, whole: Dimension) => multiply(zoom, asDType(whole, "float32"));
    const end: Point = [add(along(wide, size.width), start[0]), add(along(high, size.height), start[1])];
    return { ...change, boxes: (boxes) => this.#zoomedBoxes(boxes, start, end, size) };
  }

  /** Boxes as shares of what is seen, which goes from one point of the image to another. */
  #zoomedBoxes(given: Boxes, [left, top]: Point, [right, bottom]: Point, size: Size): Boxes {
    const format = boxFormatOf(this);
    const { boxes, labels } = convertedBoxes(given, format, "xyxy", size);
    const [x1, y1, x2, y2] = apart(boxes);
    const within = (x: Numeric, from: Numeric, to: Numeric) => subtract(minimum(maximum(x, from), to), from);
    const [fromLeft, fromTop] = [within(x1, left, right), within(y1, top, bottom)];
    const [toRight, toBottom] = [within(x2, left, right), within(y2, top, bottom)];
    const seen = { height: subtract(bottom, top), width: subtract(right, left) };
    const inside = { boxes: joined([fromLeft, fromTop, toRight, toBottom]), labels };
    const shares = convertedBoxes(inside, "xyxy", "rel_xyxy", seen);
    return convertedBoxes(cutOff(shares, { height: 1, width: 1 }), "rel_xyxy", format, size);
  }

  /** So that the middle stays where it is. */
  #offset(images: Numeric, axis: number, zoom: Numeric): Numeric {
    const last = asDType(subtract(dimension(images, axis), 1), "float32");
    return multiply(multiply(last, 0.5), subtract(1, zoom));
  }
}
