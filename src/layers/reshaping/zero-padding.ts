import type { OptionsOf } from "../../fields/field.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { dataFormat, firstSpatialAxis } from "../data-format.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { bothSides, padZeros, sides } from "./sides.ts";

const zeroPadding1DFields = {
  /** How many steps of zeros are added at the beginning and the end: one number for both, or a pair. Defaults to 1. */
  padding: bothSides(1),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat({ since: "3.5" }),
};

/** What {@link ZeroPadding1D} takes. */
export interface ZeroPadding1DOptions extends LayerOptions, OptionsOf<typeof zeroPadding1DFields> {}

/**
 * Adds zeros at a sequence's ends: `(batch, steps, channels)` to the same with more steps.
 * Source: Keras 3.6 `layers/reshaping/zero_padding1d.py`.
 *
 * @example
 * const y = new ZeroPadding1D({ padding: [3, 0] }).apply(Input({ shape: [10, 4] })); // [null, 13, 4]
 */
export class ZeroPadding1D extends kerasLayer("ZeroPadding1D", zeroPadding1DFields)<ZeroPadding1DOptions> {
  override inputSpec: InputSpec = { rank: 3 };

  override call(x: Operand): Numeric {
    return padZeros(x, firstSpatialAxis(this.data_format), [this.padding]);
  }
}

const zeroPadding2DFields = {
  /**
   * How many rows and columns are added: `[[top, bottom], [left, right]]`, one number for the height and one for the
   * width, or one for all sides. Defaults to 1.
   */
  padding: sides(2)(1),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
};

/** What {@link ZeroPadding2D} takes. */
export interface ZeroPadding2DOptions extends LayerOptions, OptionsOf<typeof zeroPadding2DFields> {}

/**
 * Adds rows and columns of zeros around an image: `(batch, height, width, channels)` to a larger one.
 * Source: Keras 3.6 `layers/reshaping/zero_padding2d.py`.
 *
 * @example
 * const y = new ZeroPadding2D({ padding: [[0, 1], [0, 1]] }).apply(Input({ shape: [28, 28, 3] })); // [null, 29, 29, 3]
 */
export class ZeroPadding2D extends kerasLayer("ZeroPadding2D", zeroPadding2DFields)<ZeroPadding2DOptions> {
  override inputSpec: InputSpec = { rank: 4 };

  override call(x: Operand): Numeric {
    return padZeros(x, firstSpatialAxis(this.data_format), this.padding);
  }
}

const zeroPadding3DFields = {
  /** How much is added before and behind, per dimension: pairs, numbers, or one number for all. Defaults to 1. */
  padding: sides(3)(1),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
};

/** What {@link ZeroPadding3D} takes. */
export interface ZeroPadding3DOptions extends LayerOptions, OptionsOf<typeof zeroPadding3DFields> {}

/**
 * Adds zeros around a volume: `(batch, depth, height, width, channels)` to a larger one.
 * Source: Keras 3.6 `layers/reshaping/zero_padding3d.py`.
 *
 * @example
 * const y = new ZeroPadding3D({ padding: 2 }).apply(Input({ shape: [10, 10, 10, 3] })); // [null, 14, 14, 14, 3]
 */
export class ZeroPadding3D extends kerasLayer("ZeroPadding3D", zeroPadding3DFields)<ZeroPadding3DOptions> {
  override inputSpec: InputSpec = { rank: 5 };

  override call(x: Operand): Numeric {
    return padZeros(x, firstSpatialAxis(this.data_format), this.padding);
  }
}
