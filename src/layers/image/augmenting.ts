import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { DataFormat } from "../data-format.ts";
import type { LayerOptions } from "../define.ts";
import { AutoContrast } from "./auto-contrast.ts";
import type { Change } from "./change.ts";
import { Equalization } from "./equalization.ts";
import type { Pair } from "./fields.ts";
import { type ImageLayer, RandomImageLayer } from "./image-layer.ts";
import { RandomBrightness } from "./random-brightness.ts";
import { RandomColorDegeneration } from "./random-color-degeneration.ts";
import { RandomContrast } from "./random-contrast.ts";
import { RandomPosterization } from "./random-posterization.ts";
import { RandomRotation } from "./random-rotation.ts";
import { RandomSharpness } from "./random-sharpness.ts";
import { RandomShear } from "./random-shear.ts";
import { RandomTranslation } from "./random-translation.ts";
import { Solarization } from "./solarization.ts";

/** What layers have that augment images by others. */
interface Augmenter {
  readonly data_format: DataFormat;
  readonly bounding_box_format: string | null;
  readonly value_range: Pair;
  readonly factor: Pair;
  readonly interpolation: "bilinear" | "nearest";
  readonly seed: number | bigint | null;
}

type Make = (augmenter: Augmenter, general: LayerOptions) => ImageLayer;

const moving = ({ interpolation, seed, data_format, bounding_box_format }: Augmenter) => ({
  interpolation,
  seed,
  data_format,
  bounding_box_format,
});

const coloring = ({ value_range, seed, data_format, bounding_box_format }: Augmenter) => ({
  value_range,
  seed,
  data_format,
  bounding_box_format,
});

const still = ({ value_range, data_format, bounding_box_format }: Augmenter) => ({
  value_range,
  data_format,
  bounding_box_format,
});

/** The layers that images are augmented by. */
const makers = {
  random_shear: (all, general) =>
    new RandomShear({ ...general, x_factor: all.factor, y_factor: all.factor, ...moving(all) }),
  random_translation: (all, general) =>
    new RandomTranslation({
      ...general,
      height_factor: all.factor,
      width_factor: all.factor,
      ...moving(all),
    }),
  random_rotation: (all, general) => new RandomRotation({ ...general, factor: all.factor, ...moving(all) }),
  random_brightness: (all, general) =>
    new RandomBrightness({ ...general, factor: all.factor, ...coloring(all) }),
  random_color_degeneration: (all, general) =>
    new RandomColorDegeneration({ ...general, factor: all.factor, ...coloring(all) }),
  random_contrast: (all, general) => new RandomContrast({ ...general, factor: all.factor, ...coloring(all) }),
  random_sharpness: (all, general) =>
    new RandomSharpness({ ...general, factor: all.factor, ...coloring(all) }),
  random_posterization: (all, general) =>
    new RandomPosterization({
      ...general,
      factor: Math.max(1, Math.trunc(8 * all.factor[1])),
      ...coloring(all),
    }),
  solarization: (all, general) =>
    new Solarization({
      ...general,
      addition_factor: all.factor,
      threshold_factor: all.factor,
      ...coloring(all),
    }),
  auto_contrast: (all, general) => new AutoContrast({ ...general, ...still(all) }),
  equalization: (all, general) => new Equalization({ ...general, ...still(all) }),
} satisfies Readonly<Record<string, Make>>;

/** The name of a layer that images are augmented by. */
export type AugmentName = keyof typeof makers;

/**
 * Layers that a layer augments images by, in the order of their names; they have its name and its dtype, where it was
 * given any. It has them as properties, by which files name layers inside.
 */
export function augmentingLayers(
  augmenter: Augmenter,
  given: LayerOptions,
  names: readonly AugmentName[],
): readonly ImageLayer[] {
  const general: Record<string, unknown> = {};
  for (const key of ["name", "trainable", "dtype"] as const)
    if (given[key] !== undefined) general[key] = given[key];
  const layers = Object.fromEntries(names.map((name) => [name, makers[name](augmenter, general)]));
  Object.assign(augmenter, layers);
  return Object.values(layers);
}

/** What a layer does in training, drawn by keys of another. */
export function drawnBy(layer: ImageLayer, images: Numeric, seeds: SeedGenerator): Change {
  return layer instanceof RandomImageLayer ? layer.draw(images, seeds) : layer.change(images, true);
}
