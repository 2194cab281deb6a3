import type { OptionsOf } from "../../fields/field.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { dataFormat, firstSpatialAxis } from "../data-format.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { bothSides, crop, sides } from "./sides.ts";

const cropping1DFields = {
  /** How many steps are cut off the beginning and the end: one number for both, or a pair. Defaults to 1. */
  cropping: bothSides(1),
};

/** What {@link Cropping1D} takes. */
export interface Cropping1DOptions extends LayerOptions, OptionsOf<typeof cropping1DFields> {}

/**
 * Cuts steps off a sequence's ends: `(batch, steps, channels)` to the same with fewer steps.
 * Source: Keras 3.6 `layers/reshaping/cropping1d.py`.
 *
 * @example
 * const y = new Cropping1D({ cropping: [1, 2] }).apply(Input({ shape: [10, 4] })); // [null, 7, 4]
 */
export class Cropping1D extends kerasLayer("Cropping1D", cropping1DFields)<Cropping1DOptions> {
  override inputSpec: InputSpec = { rank: 3 };

  override call(x: Operand): Numeric {
    return crop(this, x, 1, [this.cropping]);
  }
}

const cropping2DFields = {
  /**
   * How many rows and columns are cut off: `[[top, bottom], [left, right]]`, one number for the height and one for the
   * width, or one for all sides. Defaults to 0.
   */
  cropping: sides(2)(0),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
};

/** What {@link Cropping2D} takes. */
export interface Cropping2DOptions extends LayerOptions, OptionsOf<typeof cropping2DFields> {}

/**
 * Cuts rows and columns off an image: `(batch, height, width, channels)` to a smaller one.
 * Source: Keras 3.6 `layers/reshaping/cropping2d.py`.
 *
 * @example
 * const y = new Cropping2D({ cropping: [[2, 2], [4, 4]] }).apply(Input({ shape: [28, 28, 3] })); // [null, 24, 20, 3]
 */
export class Cropping2D extends kerasLayer("Cropping2D", cropping2DFields)<Cropping2DOptions> {
  override inputSpec: InputSpec = { rank: 4 };

  override call(x: Operand): Numeric {
    return crop(this, x, firstSpatialAxis(this.data_format), this.cropping);
  }
}

const cropping3DFields = {
  /** How much is cut off before and behind, per dimension: pairs, numbers, or one number for all. Defaults to 1. */
  cropping: sides(3)(1),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
};

/** What {@link Cropping3D} takes. */
export interface Cropping3DOptions extends LayerOptions, OptionsOf<typeof cropping3DFields> {}

/**
 * Cuts the sides off a volume: `(batch, depth, height, width, channels)` to a smaller one.
 * Source: Keras 3.6 `layers/reshaping/cropping3d.py`.
 *
 * @example
 * const y = new Cropping3D({ cropping: 2 }).apply(Input({ shape: [10, 10, 10, 3] })); // [null, 6, 6, 6, 3]
 */
export class Cropping3D extends kerasLayer("Cropping3D", cropping3DFields)<Cropping3DOptions> {
  override inputSpec: InputSpec = { rank: 5 };

  override call(x: Operand): Numeric {
    return crop(this, x, firstSpatialAxis(this.data_format), this.cropping);
  }
}
