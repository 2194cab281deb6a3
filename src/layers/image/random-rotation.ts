import type { OptionsOf } from "../../fields/field.ts";
import { float } from "../../fields/shorthands.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { dimension } from "../../ops/dimensions.ts";
import { negative } from "../../ops/elementwise.ts";
import { asDType } from "../../ops/operands.ts";
import { cos, sin } from "../../ops/trigonometry.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { aroundCorners, type Boxes, cutOff, type Point, type Size } from "./boxes/boxes.ts";
import { boxFormatOf, convertedBoxes } from "./boxes/formats.ts";
import type { Change } from "./change.ts";
import { between, bothWays, outside, valueRange } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { moved } from "./moved.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields(),
  /** The least and the most of a rotation, in turns of 360°: two numbers, or one for as much in both directions. */
  factor: bothWays(),
  /** Nothing depends on it; Keras wrote it up to 3.5. Defaults to [0, 255]. */
  value_range: valueRange({ until: "3.6" }),
  /** What stands outside of the image. Defaults to "reflect", the image mirrored at its borders. */
  fill_mode: outside("reflect"),
  /** The value outside, for `"constant"`. Defaults to 0. */
  fill_value: float(0),
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: between("bilinear"),
  ...seedFields,
};

/** What {@link RandomRotation} takes. */
export interface RandomRotationOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training turns each image around its middle, by an angle drawn at random; else passes images on. Shape in is shape
 * out. Source: Keras 3.6 `layers/preprocessing/image_preprocessing/random_rotation.py`.
 *
 * @example
 * const y = new RandomRotation({ factor: 0.1 }).apply(Input({ shape: [32, 32, 3] })); // up to 36° to either side
 */
export class RandomRotation extends randomImageLayer("RandomRotation", fields)<RandomRotationOptions> {
  override draw(images: Numeric, seeds: SeedGenerator): Change {
    const [height, width] = this.spatial;
    const turn = 2 * Math.fround(Math.PI);
    const [min, max] = this.factor.map((factor) => factor * turn) as [number, number];
    const angle = uniform(seeds, [dimension(images, 0), 1, 1], { min, max });
    const [cosine, sine] = [cos(angle), sin(angle)];
    const half = (axis: number) => multiply(asDType(subtract(dimension(images, axis), 1), "float32"), 0.5);
    const [x, y] = [half(width), half(height)];
    const [acrossX, acrossY] = [multiply(cosine, x), multiply(sine, y)];
    const change = moved(this, {
      a0: cosine,
      a1: negative(sine),
      a2: subtract(x, subtract(acrossX, acrossY)),
      b0: sine,
      b1: cosine,
      b2: subtract(subtract(y, multiply(sine, x)), multiply(cosine, y)),
    });
    // The other way round: where pixels go to, not where they come from.
    const turned = (px: Numeric, py: Numeric): Point => {
      const [across, down] = [subtract(px, x), subtract(py, y)];
      return [
        add(add(multiply(cosine, across), multiply(sine, down)), x),
        add(subtract(multiply(cosine, down), multiply(sine, across)), y),
      ];
    };
    return { ...change, boxes: (boxes) => this.#turnedBoxes(boxes, turned, this.sizeOf(images)) };
  }

  /** Takes boxes as pixels in whatever format they are, as Keras does, and gives them in theirs. */
  #turnedBoxes({ boxes, labels }: Boxes, turned: (x: Numeric, y: Numeric) => Point, size: Size): Boxes {
    const around = cutOff({ boxes: aroundCorners(boxes, turned), labels }, size);
    return convertedBoxes(around, "xyxy", boxFormatOf(this), size);
  }
}
