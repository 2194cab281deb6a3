import type { Fields } from "../../fields/field.ts";
import { flag, structure, takes } from "../../graph/signature.ts";
import { dimension } from "../../ops/dimensions.ts";
import { asDType } from "../../ops/operands.ts";
import type { Numeric } from "../../program/emit.ts";
import { SeedGenerator } from "../../random/seed-generator.ts";
import type { DataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import { Layer } from "../layer.ts";
import type { Size } from "./boxes/boxes.ts";
import type { Change } from "./change.ts";
import { changedParts, type ImageData } from "./parts.ts";

/** What a call of a layer of images takes. */
export const imageCall = takes("data", { data: structure<ImageData>(), training: flag(true) });

type ImageCall = typeof imageCall;

/**
 * What layers of images do: something to a batch of images, or to one. Both may stand in a dict as `images`, with what
 * belongs to them: `labels`, `bounding_boxes` (a dict of `boxes` and `labels`) and `segmentation_masks`; they come out as
 * a dict again.
 */
export abstract class ImageLayer extends Layer<ImageCall> {
  declare readonly data_format: DataFormat;
  declare readonly bounding_box_format: string | null;

  override call(data: ImageData, { training }: { readonly training: boolean }): ImageData {
    return changedParts(this, data, training);
  }

  /** What it does to a batch of images, and to what belongs to them. */
  abstract change(images: Numeric, training: boolean): Change;

  /** Where height and width are in a batch. */
  get spatial(): readonly [height: number, width: number] {
    return this.data_format === "channels_first" ? [2, 3] : [1, 2];
  }

  /** How high and wide a batch of images is. */
  sizeOf(images: Numeric): Size {
    const [height, width] = this.spatial;
    return { height: dimension(images, height), width: dimension(images, width) };
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

  override change(images: Numeric, training: boolean): Change {
    return training ? this.draw(images, this.generator) : this.still(images);
  }

  /** What it does in training, drawn for these images. */
  abstract draw(images: Numeric, seeds: SeedGenerator): Change;

  /** What it does otherwise. */
  still(_images: Numeric): Change {
    return { images: (images) => this.computed(images) };
  }

  /** Images in the dtype that it computes in. */
  computed(images: Numeric): Numeric {
    return asDType(images, this.computeDtype);
  }
}

/** What those of them do that change colors: images pass on as they are, so that integers stay integers. */
export abstract class RandomColorLayer extends RandomImageLayer {
  override still(): Change {
    return { images: (images) => images };
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
