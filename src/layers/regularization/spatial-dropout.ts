import { dtypePolicy } from "../../dtype-policies/field.ts";
import type { Arguments, Fields, OptionsOf, ValuesOf } from "../../fields/field.ts";
import { aTensor, flag, type Signature, takes } from "../../graph/signature.ts";
import type { Operand } from "../../program/emit.ts";
import { type DataFormat, dataFormat } from "../data-format.ts";
import type { LayerConstructor } from "../define.ts";
import { baseFields, Layer } from "../layer.ts";
import { dropout, type NoiseShape } from "../random.ts";
import { SeedGenerator } from "../seed-generator.ts";
import { rate, seed } from "./fields.ts";

const policy = dtypePolicy();

/** Of all layers only these write their dtype as a string and leave `trainable` out. */
const sequenceFields = {
  /** The share of the channels that become 0. */
  rate: rate(),
  seed: seed(),
  name: baseFields.name,
  dtype: { ...policy, toJson: (value: Parameters<typeof policy.toJson>[0]) => value.variableDtype },
} satisfies Fields;

const imageFields = { ...sequenceFields, data_format: dataFormat() } satisfies Fields;

type Spatial<F extends Fields> = Omit<LayerConstructor<F>, "new"> & {
  new (...args: Arguments<OptionsOf<F>>): Layer & Readonly<ValuesOf<F>>;
};

/** Dropout of whole channels, for inputs of one rank. */
function spatialDropout<const F extends Fields>(className: string, rank: number, fields: F): Spatial<F> {
  abstract class SpatialDropout extends Layer {
    static override readonly className: string = className;
    static override readonly module = "keras.layers";
    static override readonly registeredName = null;
    static override readonly fields: Fields = fields;
    static override readonly signature: Signature = takes("inputs", {
      inputs: aTensor(),
      training: flag(false),
    });
    static override readonly supportsMasking = true;
    static override readonly isBuiltAtOnce = true;

    declare readonly rate: number;
    declare readonly seed: number | null;
    declare readonly data_format: DataFormat | undefined;
    readonly seed_generator: SeedGenerator | null;

    constructor(options: object) {
      super(options);
      this._trainable = true;
      this.seed_generator = this.rate > 0 ? new SeedGenerator({ seed: this.seed }) : null;
      this.inputSpec = { rank };
    }

    override call(x: Operand, { training }: { readonly training?: boolean }): Operand {
      if (!training || this.seed_generator === null) return x;
      const channels = this.data_format === "channels_first" ? 1 : rank - 1;
      const noise: NoiseShape = x.shape.map((_, axis) => (axis === 0 || axis === channels ? null : 1));
      return dropout(x, this.rate, this.seed_generator, noise);
    }
  }
  return SpatialDropout as unknown as Spatial<F>;
}

/**
 * Dropout of whole features of a sequence: `(batch, steps, features)`.
 * Source: Keras 3.6 `layers/regularization/spatial_dropout.py`.
 *
 * @example
 * const y = new SpatialDropout1D({ rate: 0.2 }).apply(Input({ shape: [10, 8] }));
 */
export class SpatialDropout1D extends spatialDropout("SpatialDropout1D", 3, sequenceFields) {}

/**
 * Dropout of whole channels of an image: `(batch, rows, columns, channels)`, or channels first.
 * Source: Keras 3.6 `layers/regularization/spatial_dropout.py`.
 *
 * @example
 * const y = new SpatialDropout2D({ rate: 0.2 }).apply(Input({ shape: [32, 32, 3] }));
 */
export class SpatialDropout2D extends spatialDropout("SpatialDropout2D", 4, imageFields) {}

/**
 * Dropout of whole channels of a volume: `(batch, …, channels)` with three dimensions of space, or channels first.
 * Source: Keras 3.6 `layers/regularization/spatial_dropout.py`.
 *
 * @example
 * const y = new SpatialDropout3D({ rate: 0.2 }).apply(Input({ shape: [8, 8, 8, 3] }));
 */
export class SpatialDropout3D extends spatialDropout("SpatialDropout3D", 5, imageFields) {}
