import { ShapeError } from "../../errors.ts";
import type { Fields } from "../../fields/field.ts";
import { aTensor, flag, takes } from "../../graph/signature.ts";
import { asDType } from "../../ops/operands.ts";
import { expandDims, squeeze } from "../../ops/reshaping.ts";
import type { Numeric } from "../../program/emit.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { DataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { Layer } from "../layer.ts";

/** What a call of a layer of images takes. */
export const imageCall = takes("data", { data: aTensor(), training: flag(true) });

type ImageCall = typeof imageCall;

/** What layers of images do: something to a batch of images, or to one. */
export abstract class ImageLayer extends Layer<ImageCall> {
  declare readonly data_format: DataFormat;

  override call(data: Numeric, { training }: { readonly training: boolean }): Numeric {
    const rank = data.shape.length;
    if (rank === 4) return this.transform(data, training);
    if (rank === 3) return squeeze(this.transform(expandDims(data, { axis: 0 }), training), { axis: 0 });
    const expected = "an image, of rank 3, or a batch of images, of rank 4";
    throw this.problem(`expected ${expected}, received shape ${formatShape(data.shape)}.`, ShapeError);
  }

  /** What it makes of a batch of images. */
  abstract transform(images: Numeric, training: boolean): Numeric;

  /** Where height and width are in a batch. */
  get spatial(): readonly [height: number, width: number] {
    return this.data_format === "channels_first" ? [2, 3] : [1, 2];
  }

  /** Where the channels are in a batch. */
  get channels(): number {
    return this.data_format === "channels_first" ? 1 : 3;
  }
}

/** What layers of images do that draw random numbers: they change images in training, else pass them on. */
export abstract class RandomImageLayer extends ImageLayer {
  declare readonly seed: number | bigint | null;
  /** Where its random numbers come from. */
  readonly generator: SeedGenerator;

  constructor(options: object) {
    super(options);
    this.generator = new SeedGenerator({ seed: this.seed });
  }

  override transform(images: Numeric, training: boolean): Numeric {
    return training ? this.disturb(images, this.generator) : this.passOn(images);
  }

  /** What it does in training. */
  abstract disturb(images: Numeric, seeds: SeedGenerator): Numeric;

  /** What it gives otherwise. */
  passOn(images: Numeric): Numeric {
    return asDType(images, this.computeDtype);
  }
}

/** What those of them do that change colors: images pass on as they are, so that integers stay integers. */
export abstract class RandomColorLayer extends RandomImageLayer {
  override passOn(images: Numeric): Numeric {
    return images;
  }
}

/** The base of a layer of images of Keras with these fields, `data_format` among them. */
export function imageLayer<const F extends Fields>(
  className: string,
  fields: F,
): LayerConstructor<F, ImageCall, ImageLayer> {
  return kerasLayer(className, fields, imageCall, ImageLayer);
}

/** The same of one that draws random numbers; it has a `seed`, too. */
export function randomImageLayer<const F extends Fields>(
  className: string,
  fields: F,
): LayerConstructor<F, ImageCall, RandomImageLayer> {
  return kerasLayer(className, fields, imageCall, RandomImageLayer);
}

/** The same of one that changes colors. */
export function randomColorLayer<const F extends Fields>(
  className: string,
  fields: F,
): LayerConstructor<F, ImageCall, RandomColorLayer> {
  return kerasLayer(className, fields, imageCall, RandomColorLayer);
}
