import { dtypePolicy } from "../../dtype-policies/field.ts";
import type { Fields, OptionsOf } from "../../fields/field.ts";
import type { Operand } from "../../program/emit.ts";
import { dropout, type NoiseShape } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { type DataFormat, dataFormat } from "../data-format.ts";
import { kerasClass, type LayerOptions } from "../define.ts";
import { baseFields } from "../layer.ts";
import { rate, seed } from "./fields.ts";
import { RandomLayer, randomCall } from "./random-layer.ts";

const policy = dtypePolicy();

/** Of all layers only these write their dtype as a string and leave `trainable` out. */
const sequenceFields = {
  /** The share of the channels, from 0 to 1, that become 0. */
  rate: rate(),
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(),
  name: baseFields.name,
  dtype: { ...policy, toJson: (value: Parameters<typeof policy.toJson>[0]) => value.variableDtype },
} satisfies Fields;

const imageFields = {
  ...sequenceFields,
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
} satisfies Fields;

/** Dropout of whole channels. */
abstract class SpatialDropout extends RandomLayer {
  declare readonly rate: number;
  declare readonly data_format: DataFormat | undefined;

  override disturb(x: Operand, seeds: SeedGenerator): Operand {
    const channels = this.data_format === "channels_first" ? 1 : x.shape.length - 1;
    const noise: NoiseShape = x.shape.map((_, axis) => (axis === 0 || axis === channels ? null : 1));
    return dropout(x, this.rate, seeds, noise);
  }
}

function spatialDropout<const F extends Fields>(className: string, fields: F) {
  return kerasClass(className, fields, randomCall, SpatialDropout);
}

/** What {@link SpatialDropout1D} takes. */
export interface SpatialDropout1DOptions extends LayerOptions, OptionsOf<typeof sequenceFields> {}

/**
 * Dropout of whole features of a sequence: `(batch, steps, features)`.
 * Source: Keras 3.6 `layers/regularization/spatial_dropout.py`.
 *
 * @example
 * const y = new SpatialDropout1D({ rate: 0.2 }).apply(Input({ shape: [10, 8] }));
 */
export class SpatialDropout1D extends spatialDropout(
  "SpatialDropout1D",
  sequenceFields,
)<SpatialDropout1DOptions> {
  override inputSpec = { rank: 3 };
}

/** What {@link SpatialDropout2D} takes. */
export interface SpatialDropout2DOptions extends LayerOptions, OptionsOf<typeof imageFields> {}

/**
 * Dropout of whole channels of an image: `(batch, rows, columns, channels)`, or channels first.
 * Source: Keras 3.6 `layers/regularization/spatial_dropout.py`.
 *
 * @example
 * const y = new SpatialDropout2D({ rate: 0.2 }).apply(Input({ shape: [32, 32, 3] }));
 */
export class SpatialDropout2D extends spatialDropout(
  "SpatialDropout2D",
  imageFields,
)<SpatialDropout2DOptions> {
  override inputSpec = { rank: 4 };
}

/** What {@link SpatialDropout3D} takes. */
export interface SpatialDropout3DOptions extends LayerOptions, OptionsOf<typeof imageFields> {}

/**
 * Dropout of whole channels of a volume: `(batch, …, channels)` with three dimensions of space, or channels first.
 * Source: Keras 3.6 `layers/regularization/spatial_dropout.py`.
 *
 * @example
 * const y = new SpatialDropout3D({ rate: 0.2 }).apply(Input({ shape: [8, 8, 8, 3] }));
 */
export class SpatialDropout3D extends spatialDropout(
  "SpatialDropout3D",
  imageFields,
)<SpatialDropout3DOptions> {
  override inputSpec = { rank: 5 };
}
