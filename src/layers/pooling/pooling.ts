import type { Field, OptionsOf } from "../../fields/field.ts";
import { size } from "../../fields/shorthands.ts";
import { averagePool, maxPool } from "../../ops/pooling.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { windowPadding } from "../window-fields.ts";

function poolingFields<Required extends boolean>(
  rank: number,
  poolSize: Field<number | readonly number[], readonly number[], Required>,
) {
  return {
    /** Size of the window: one number for all dimensions, or one for each. Defaults to 2 in max pooling. */
    pool_size: poolSize,
    /** `"valid"`: only whole windows; `"same"`: padded, so that each stride has a window. Defaults to "valid". */
    padding: windowPadding("valid"),
    /** Steps from one window to the next: one number, or one for each dimension. Defaults to `pool_size`. */
    strides: size(rank)(null),
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
  };
}

type PoolingFields<Required extends boolean> = ReturnType<typeof poolingFields<Required>>;

/** The base of the layers that pool windows of `rank` dimensions. Source: Keras 3.6 `layers/pooling/base_pooling.py`. */
function pooling<Required extends boolean>(
  className: string,
  rank: number,
  poolSize: Field<number | readonly number[], readonly number[], Required>,
  pool: typeof maxPool,
): LayerConstructor<PoolingFields<Required>> {
  const Base = kerasLayer(className, poolingFields(rank, poolSize));
  class Made extends Base {
    static readonly isBase = true;
    static override readonly isBuiltAtOnce = true;

    declare strides: readonly number[];
    override inputSpec: InputSpec = { rank: rank + 2 };

    constructor(...options: ConstructorParameters<typeof Base>) {
      super(...options);
      this.strides ??= this.pool_size;
    }

    override call(x: Operand): Numeric {
      const { pool_size, strides, padding, data_format } = this;
      return pool(x, { pool_size, strides, padding, data_format });
    }
  }
  return Made;
}

/** What {@link MaxPooling1D} takes. */
export interface MaxPooling1DOptions extends LayerOptions, OptionsOf<PoolingFields<false>> {}

/**
 * The largest value of each window of a sequence: `(batch, steps, channels)` to `(batch, windows, channels)`.
 * Source: Keras 3.6 `layers/pooling/max_pooling1d.py`.
 *
 * @example
 * const y = new MaxPooling1D({ pool_size: 2 }).apply(Input({ shape: [10, 4] })); // [null, 5, 4]
 */
export class MaxPooling1D extends pooling("MaxPooling1D", 1, size(1)(2), maxPool)<MaxPooling1DOptions> {}

/** What {@link MaxPooling2D} takes. */
export interface MaxPooling2DOptions extends LayerOptions, OptionsOf<PoolingFields<false>> {}

/**
 * The largest value of each window of an image: `(batch, height, width, channels)` to
 * `(batch, rows, columns, channels)`. Source: Keras 3.6 `layers/pooling/max_pooling2d.py`.
 *
 * @example
 * const y = new MaxPooling2D().apply(Input({ shape: [28, 28, 8] })); // [null, 14, 14, 8]
 */
export class MaxPooling2D extends pooling("MaxPooling2D", 2, size(2)(2), maxPool)<MaxPooling2DOptions> {}

/** What {@link MaxPooling3D} takes. */
export interface MaxPooling3DOptions extends LayerOptions, OptionsOf<PoolingFields<false>> {}

/**
 * The largest value of each window of a volume: `(batch, depth, height, width, channels)` to the same with fewer
 * steps. Source: Keras 3.6 `layers/pooling/max_pooling3d.py`.
 *
 * @example
 * const y = new MaxPooling3D().apply(Input({ shape: [8, 8, 8, 2] })); // [null, 4, 4, 4, 2]
 */
export class MaxPooling3D extends pooling("MaxPooling3D", 3, size(3)(2), maxPool)<MaxPooling3DOptions> {}

/** What {@link AveragePooling1D} takes. */
export interface AveragePooling1DOptions extends LayerOptions, OptionsOf<PoolingFields<true>> {}

/**
 * The mean of each window of a sequence, padding not counted: `(batch, steps, channels)` to
 * `(batch, windows, channels)`. Source: Keras 3.6 `layers/pooling/average_pooling1d.py`.
 *
 * @example
 * const y = new AveragePooling1D({ pool_size: 3, strides: 1, padding: "same" }).apply(Input({ shape: [10, 4] }));
 */
export class AveragePooling1D extends pooling(
  "AveragePooling1D",
  1,
  size(1)(),
  averagePool,
)<AveragePooling1DOptions> {}

/** What {@link AveragePooling2D} takes. */
export interface AveragePooling2DOptions extends LayerOptions, OptionsOf<PoolingFields<true>> {}

/**
 * The mean of each window of an image, padding not counted: `(batch, height, width, channels)` to
 * `(batch, rows, columns, channels)`. Source: Keras 3.6 `layers/pooling/average_pooling2d.py`.
 *
 * @example
 * const y = new AveragePooling2D({ pool_size: 2 }).apply(Input({ shape: [28, 28, 8] })); // [null, 14, 14, 8]
 */
export class AveragePooling2D extends pooling(
  "AveragePooling2D",
  2,
  size(2)(),
  averagePool,
)<AveragePooling2DOptions> {}

/** What {@link AveragePooling3D} takes. */
export interface AveragePooling3DOptions extends LayerOptions, OptionsOf<PoolingFields<true>> {}

/**
 * The mean of each window of a volume, padding not counted: `(batch, depth, height, width, channels)` to the same
 * with fewer steps. Source: Keras 3.6 `layers/pooling/average_pooling3d.py`.
 *
 * @example
 * const y = new AveragePooling3D({ pool_size: 2 }).apply(Input({ shape: [8, 8, 8, 2] })); // [null, 4, 4, 4, 2]
 */
export class AveragePooling3D extends pooling(
  "AveragePooling3D",
  3,
  size(3)(),
  averagePool,
)<AveragePooling3DOptions> {}
