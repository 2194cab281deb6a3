import type { OptionsOf } from "../../fields/field.ts";
import { bool } from "../../fields/shorthands.ts";
import { aTensor, maskFor, type Signature, takes } from "../../graph/signature.ts";
import type { RestOf } from "../../graph/signature-types.ts";
import { asDType } from "../../ops/operands.ts";
import { max, mean, sum } from "../../ops/reduction.ts";
import { expandDims } from "../../ops/reshaping.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { type DataFormat, dataFormat, firstSpatialAxis } from "../data-format.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";

const globalPoolingFields = {
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
  /** Whether the pooled dimensions stay, with size 1. Defaults to false. */
  keepdims: bool(false),
};

function spatialAxes(format: DataFormat, rank: number): number[] {
  return Array.from({ length: rank }, (_, i) => firstSpatialAxis(format) + i);
}

const unmasked = takes("inputs", { inputs: aTensor() });
const masked = takes("inputs", { inputs: aTensor(), mask: maskFor("inputs") });

type Masked = RestOf<typeof masked>;

/**
 * The base of the layers that pool everything between batch and channels.
 * Source: Keras 3.6 `layers/pooling/base_global_pooling.py`.
 */
function globalPooling(
  className: string,
  rank: number,
  reduce: typeof mean | typeof max,
  call: Signature = unmasked,
): LayerConstructor<typeof globalPoolingFields, typeof masked> {
  class Made extends kerasLayer(className, globalPoolingFields, call as typeof masked) {
    static readonly isBase = true;
    static override readonly isBuiltAtOnce = true;

    override inputSpec: InputSpec = { rank: rank + 2 };

    override call(x: Numeric, _rest: Masked): Numeric {
      return reduce(x, { axis: spatialAxes(this.data_format, rank), keepdims: this.keepdims });
    }
  }
  return Made;
}

/** What {@link GlobalMaxPooling1D} takes. */
export interface GlobalMaxPooling1DOptions extends LayerOptions, OptionsOf<typeof globalPoolingFields> {}

/**
 * The largest value of each channel of a sequence: `(batch, steps, channels)` to `(batch, channels)`.
 * Source: Keras 3.6 `layers/pooling/global_max_pooling1d.py`.
 *
 * @example
 * const y = new GlobalMaxPooling1D().apply(Input({ shape: [null, 4] })); // [null, 4]
 */
export class GlobalMaxPooling1D extends globalPooling(
  "GlobalMaxPooling1D",
  1,
  max,
)<GlobalMaxPooling1DOptions> {}

/** What {@link GlobalMaxPooling2D} takes. */
export interface GlobalMaxPooling2DOptions extends LayerOptions, OptionsOf<typeof globalPoolingFields> {}

/**
 * The largest value of each channel of an image: `(batch, height, width, channels)` to `(batch, channels)`.
 * Source: Keras 3.6 `layers/pooling/global_max_pooling2d.py`.
 *
 * @example
 * const y = new GlobalMaxPooling2D().apply(Input({ shape: [7, 7, 64] })); // [null, 64]
 */
export class GlobalMaxPooling2D extends globalPooling(
  "GlobalMaxPooling2D",
  2,
  max,
)<GlobalMaxPooling2DOptions> {}

/** What {@link GlobalMaxPooling3D} takes. */
export interface GlobalMaxPooling3DOptions extends LayerOptions, OptionsOf<typeof globalPoolingFields> {}

/**
 * The largest value of each channel of a volume: `(batch, depth, height, width, channels)` to `(batch, channels)`.
 * Source: Keras 3.6 `layers/pooling/global_max_pooling3d.py`.
 *
 * @example
 * const y = new GlobalMaxPooling3D().apply(Input({ shape: [4, 4, 4, 8] })); // [null, 8]
 */
export class GlobalMaxPooling3D extends globalPooling(
  "GlobalMaxPooling3D",
  3,
  max,
)<GlobalMaxPooling3DOptions> {}

/** What {@link GlobalAveragePooling1D} takes. */
export interface GlobalAveragePooling1DOptions extends LayerOptions, OptionsOf<typeof globalPoolingFields> {}

/**
 * The mean of each channel of a sequence, over the steps that its mask leaves: `(batch, steps, channels)` to
 * `(batch, channels)`. Source: Keras 3.6 `layers/pooling/global_average_pooling1d.py`.
 *
 * @example
 * const y = new GlobalAveragePooling1D().apply(Input({ shape: [null, 4] })); // [null, 4]
 */
export class GlobalAveragePooling1D extends globalPooling(
  "GlobalAveragePooling1D",
  1,
  mean,
  masked,
)<GlobalAveragePooling1DOptions> {
  static override readonly supportsMasking = true;

  override call(x: Numeric, rest: Masked): Numeric {
    const { mask } = rest;
    if (!mask) return super.call(x, rest) as Numeric;
    const { data_format, keepdims } = this;
    const axis = spatialAxes(data_format, 1);
    const dtype = dtypeOf(x);
    const counts = expandDims(asDType(mask, "bool"), { axis: data_format === "channels_first" ? 1 : 2 });
    const counted = prim("select", [counts, x, asDType(0, dtype)]);
    const total = sum(counted, { axis, keepdims });
    return prim("div", [total, sum(asDType(counts, dtype), { axis, keepdims })]);
  }

  override computeMask(): null {
    return null;
  }
}

/** What {@link GlobalAveragePooling2D} takes. */
export interface GlobalAveragePooling2DOptions extends LayerOptions, OptionsOf<typeof globalPoolingFields> {}

/**
 * The mean of each channel of an image: `(batch, height, width, channels)` to `(batch, channels)`.
 * Source: Keras 3.6 `layers/pooling/global_average_pooling2d.py`.
 *
 * @example
 * const y = new GlobalAveragePooling2D().apply(Input({ shape: [7, 7, 64] })); // [null, 64]
 */
export class GlobalAveragePooling2D extends globalPooling(
  "GlobalAveragePooling2D",
  2,
  mean,
)<GlobalAveragePooling2DOptions> {}

/** What {@link GlobalAveragePooling3D} takes. */
export interface GlobalAveragePooling3DOptions extends LayerOptions, OptionsOf<typeof globalPoolingFields> {}

/**
 * The mean of each channel of a volume: `(batch, depth, height, width, channels)` to `(batch, channels)`.
 * Source: Keras 3.6 `layers/pooling/global_average_pooling3d.py`.
 *
 * @example
 * const y = new GlobalAveragePooling3D().apply(Input({ shape: [4, 4, 4, 8] })); // [null, 8]
 */
export class GlobalAveragePooling3D extends globalPooling(
  "GlobalAveragePooling3D",
  3,
  mean,
)<GlobalAveragePooling3DOptions> {}
