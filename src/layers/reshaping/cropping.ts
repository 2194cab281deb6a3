import type { Numeric, Operand } from "../../program/emit.ts";
import { dataFormat, firstSpatialAxis } from "../data-format.ts";
import { kerasLayer } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { bothSides, crop, sides } from "./sides.ts";

/**
 * Cuts steps off a sequence's ends: `(batch, steps, channels)` to the same with fewer steps.
 * Source: Keras 3.6 `layers/reshaping/cropping1d.py`.
 *
 * @example
 * const y = new Cropping1D({ cropping: [1, 2] }).apply(Input({ shape: [10, 4] })); // [null, 7, 4]
 */
export class Cropping1D extends kerasLayer("Cropping1D", {
  /** Steps taken from the beginning and the end. */
  cropping: bothSides(1),
}) {
  override inputSpec: InputSpec = { rank: 3 };

  override call(x: Operand): Numeric {
    return crop(this, x, 1, [this.cropping]);
  }
}

/**
 * Cuts rows and columns off an image: `(batch, height, width, channels)` to a smaller one.
 * Source: Keras 3.6 `layers/reshaping/cropping2d.py`.
 *
 * @example
 * const y = new Cropping2D({ cropping: [[2, 2], [4, 4]] }).apply(Input({ shape: [28, 28, 3] })); // [null, 24, 20, 3]
 */
export class Cropping2D extends kerasLayer("Cropping2D", {
  /** What is taken: `[[top, bottom], [left, right]]`. */
  cropping: sides(2)(0),
  data_format: dataFormat(),
}) {
  override inputSpec: InputSpec = { rank: 4 };

  override call(x: Operand): Numeric {
    return crop(this, x, firstSpatialAxis(this.data_format), this.cropping);
  }
}

/**
 * Cuts the sides off a volume: `(batch, depth, height, width, channels)` to a smaller one.
 * Source: Keras 3.6 `layers/reshaping/cropping3d.py`.
 *
 * @example
 * const y = new Cropping3D({ cropping: 2 }).apply(Input({ shape: [10, 10, 10, 3] })); // [null, 6, 6, 6, 3]
 */
export class Cropping3D extends kerasLayer("Cropping3D", {
  /** What is taken before and behind, per dimension. */
  cropping: sides(3)(1),
  data_format: dataFormat(),
}) {
  override inputSpec: InputSpec = { rank: 5 };

  override call(x: Operand): Numeric {
    return crop(this, x, firstSpatialAxis(this.data_format), this.cropping);
  }
}
