import type { OptionsOf } from "../../fields/field.ts";
import { size } from "../../fields/shorthands.ts";
import { adaptiveAveragePool, adaptiveMaxPool } from "../../ops/adaptive-pooling.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions } from "../define.ts";

function adaptiveFields(rank: number) {
  return {
    /** How many windows there are: one number for all dimensions, or one for each. */
    output_size: size(rank)(),
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
  };
}

type AdaptiveFields = ReturnType<typeof adaptiveFields>;

/**
 * The base of the layers that pool `rank` dimensions to sizes that are given. Source: Keras 3.15
 * `layers/pooling/base_adaptive_pooling.py`.
 */
function adaptivePooling(
  className: string,
  rank: number,
  pool: typeof adaptiveMaxPool,
): LayerConstructor<AdaptiveFields> {
  class Made extends kerasLayer(className, adaptiveFields(rank)) {
    static readonly isBase = true;

    override call(x: Operand): Numeric {
      const { output_size, data_format } = this;
      return pool(x, { output_size, data_format });
    }
  }
  return Made;
}

/** What {@link AdaptiveAveragePooling1D} takes. */
export interface AdaptiveAveragePooling1DOptions extends LayerOptions, OptionsOf<AdaptiveFields> {}

/**
 * The mean of each of `output_size` windows of a sequence, whose sizes follow from that: `(batch, steps, channels)` to `(batch, output_size, channels)`.
 * Source: Keras 3.15 `layers/pooling/adaptive_average_pooling1d.py`.
 *
 * @example
 * const x = Input({ shape: [10, 4] });
 * const y = new AdaptiveAveragePooling1D({ output_size: 4 }).apply(x); // [null, 4, 4]
 */
export class AdaptiveAveragePooling1D extends adaptivePooling(
  "AdaptiveAveragePooling1D",
  1,
  adaptiveAveragePool,
)<AdaptiveAveragePooling1DOptions> {}

/** What {@link AdaptiveAveragePooling2D} takes. */
export interface AdaptiveAveragePooling2DOptions extends LayerOptions, OptionsOf<AdaptiveFields> {}

/**
 * The mean of each of `output_size` windows of an image, whose sizes follow from that: `(batch, height, width, channels)` to `(batch, rows, columns, channels)`.
 * Source: Keras 3.15 `layers/pooling/adaptive_average_pooling2d.py`.
 *
 * @example
 * const x = Input({ shape: [30, 20, 4] });
 * const y = new AdaptiveAveragePooling2D({ output_size: [4, 3] }).apply(x); // [null, 4, 3, 4]
 */
export class AdaptiveAveragePooling2D extends adaptivePooling(
  "AdaptiveAveragePooling2D",
  2,
  adaptiveAveragePool,
)<AdaptiveAveragePooling2DOptions> {}

/** What {@link AdaptiveAveragePooling3D} takes. */
export interface AdaptiveAveragePooling3DOptions extends LayerOptions, OptionsOf<AdaptiveFields> {}

/**
 * The mean of each of `output_size` windows of a volume, whose sizes follow from that: `(batch, depth, height, width, channels)` to `(batch, …output_size, channels)`.
 * Source: Keras 3.15 `layers/pooling/adaptive_average_pooling3d.py`.
 *
 * @example
 * const x = Input({ shape: [6, 6, 6, 4] });
 * const y = new AdaptiveAveragePooling3D({ output_size: 4 }).apply(x); // [null, 4, 4, 4, 4]
 */
export class AdaptiveAveragePooling3D extends adaptivePooling(
  "AdaptiveAveragePooling3D",
  3,
  adaptiveAveragePool,
)<AdaptiveAveragePooling3DOptions> {}

/** What {@link AdaptiveMaxPooling1D} takes. */
export interface AdaptiveMaxPooling1DOptions extends LayerOptions, OptionsOf<AdaptiveFields> {}

/**
 * The largest value of each of `output_size` windows of a sequence, whose sizes follow from that: `(batch, steps, channels)` to `(batch, output_size, channels)`.
 * Source: Keras 3.15 `layers/pooling/adaptive_max_pooling1d.py`.
 *
 * @example
 * const x = Input({ shape: [10, 4] });
 * const y = new AdaptiveMaxPooling1D({ output_size: 4 }).apply(x); // [null, 4, 4]
 */
export class AdaptiveMaxPooling1D extends adaptivePooling(
  "AdaptiveMaxPooling1D",
  1,
  adaptiveMaxPool,
)<AdaptiveMaxPooling1DOptions> {}

/** What {@link AdaptiveMaxPooling2D} takes. */
export interface AdaptiveMaxPooling2DOptions extends LayerOptions, OptionsOf<AdaptiveFields> {}

/**
 * The largest value of each of `output_size` windows of an image, whose sizes follow from that: `(batch, height, width, channels)` to `(batch, rows, columns, channels)`.
 * Source: Keras 3.15 `layers/pooling/adaptive_max_pooling2d.py`.
 *
 * @example
 * const x = Input({ shape: [30, 20, 4] });
 * const y = new AdaptiveMaxPooling2D({ output_size: [4, 3] }).apply(x); // [null, 4, 3, 4]
 */
export class AdaptiveMaxPooling2D extends adaptivePooling(
  "AdaptiveMaxPooling2D",
  2,
  adaptiveMaxPool,
)<AdaptiveMaxPooling2DOptions> {}

/** What {@link AdaptiveMaxPooling3D} takes. */
export interface AdaptiveMaxPooling3DOptions extends LayerOptions, OptionsOf<AdaptiveFields> {}

/**
 * The largest value of each of `output_size` windows of a volume, whose sizes follow from that: `(batch, depth, height, width, channels)` to `(batch, …output_size, channels)`.
 * Source: Keras 3.15 `layers/pooling/adaptive_max_pooling3d.py`.
 *
 * @example
 * const x = Input({ shape: [6, 6, 6, 4] });
 * const y = new AdaptiveMaxPooling3D({ output_size: 4 }).apply(x); // [null, 4, 4, 4, 4]
 */
export class AdaptiveMaxPooling3D extends adaptivePooling(
  "AdaptiveMaxPooling3D",
  3,
  adaptiveMaxPool,
)<AdaptiveMaxPooling3DOptions> {}
