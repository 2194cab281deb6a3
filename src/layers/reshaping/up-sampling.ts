import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt, shorthand, size } from "../../fields/shorthands.ts";
import { type DataFormat, inChannelsLast } from "../../ops/window.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { ResizeMethod } from "../../program/primitives.ts";
import { windowPrim } from "../../program/rules/window.ts";
import { dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { oneOfAnyCase } from "../window-fields.ts";

function enlarge(x: Operand, factors: readonly number[], method: ResizeMethod, format: DataFormat): Numeric {
  return inChannelsLast(x, format, (image) => windowPrim("upsample", [image], { factors, method }));
}

const upSampling1DFields = {
  /** How often each step is repeated. Defaults to 2. */
  size: positiveInt(2),
};

/** What {@link UpSampling1D} takes. */
export interface UpSampling1DOptions extends LayerOptions, OptionsOf<typeof upSampling1DFields> {}

/**
 * Repeats each step of a sequence: `(batch, steps, channels)` to `(batch, steps * size, channels)`.
 * Source: Keras 3.6 `layers/reshaping/up_sampling1d.py`.
 *
 * @example
 * const y = new UpSampling1D({ size: 3 }).apply(Input({ shape: [4, 2] })); // [null, 12, 2]
 */
export class UpSampling1D extends kerasLayer("UpSampling1D", upSampling1DFields)<UpSampling1DOptions> {
  override inputSpec: InputSpec = { rank: 3 };

  override call(x: Operand): Numeric {
    return enlarge(x, [this.size], "nearest", "channels_last");
  }
}

const upSampling2DFields = {
  /** The whole factors of height and width: one number for both, or one for each. Defaults to 2. */
  size: size(2)(2),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
  /** How values between are made; `"nearest"` repeats rows and columns. Defaults to "nearest". */
  interpolation: shorthand(oneOfAnyCase("nearest", "bilinear", "bicubic", "lanczos3", "lanczos5"))("nearest"),
};

/** What {@link UpSampling2D} takes. */
export interface UpSampling2DOptions extends LayerOptions, OptionsOf<typeof upSampling2DFields> {}

/**
 * Enlarges images by whole factors: `(batch, height, width, channels)` to
 * `(batch, height * size[0], width * size[1], channels)`. Source: Keras 3.6 `layers/reshaping/up_sampling2d.py`.
 *
 * @example
 * const y = new UpSampling2D({ interpolation: "bilinear" }).apply(Input({ shape: [7, 7, 8] })); // [null, 14, 14, 8]
 */
export class UpSampling2D extends kerasLayer("UpSampling2D", upSampling2DFields)<UpSampling2DOptions> {
  override inputSpec: InputSpec = { rank: 4 };

  override call(x: Operand): Numeric {
    return enlarge(x, this.size, this.interpolation, this.data_format);
  }
}

const upSampling3DFields = {
  /** The whole factors of depth, height and width: one number for all, or one for each. Defaults to 2. */
  size: size(3)(2),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
};

/** What {@link UpSampling3D} takes. */
export interface UpSampling3DOptions extends LayerOptions, OptionsOf<typeof upSampling3DFields> {}

/**
 * Repeats the values of a volume: `(batch, depth, height, width, channels)` to a larger one by whole factors.
 * Source: Keras 3.6 `layers/reshaping/up_sampling3d.py`.
 *
 * @example
 * const y = new UpSampling3D({ size: [1, 2, 2] }).apply(Input({ shape: [4, 4, 4, 2] })); // [null, 4, 8, 8, 2]
 */
export class UpSampling3D extends kerasLayer("UpSampling3D", upSampling3DFields)<UpSampling3DOptions> {
  override inputSpec: InputSpec = { rank: 5 };

  override call(x: Operand): Numeric {
    return enlarge(x, this.size, "nearest", this.data_format);
  }
}
