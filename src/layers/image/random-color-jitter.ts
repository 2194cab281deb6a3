import type { OptionsOf } from "../../fields/field.ts";
import type { Numeric } from "../../program/emit.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { givenRange, strength } from "./fields.ts";
import { type RandomColorLayer, randomColorLayer } from "./image-layer.ts";
import { RandomBrightness } from "./random-brightness.ts";
import { RandomContrast } from "./random-contrast.ts";
import { RandomHue } from "./random-hue.ts";
import { RandomSaturation } from "./random-saturation.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: givenRange(),
  /** The `factor` of a {@link RandomBrightness}. Defaults to null: brightness stays. */
  brightness_factor: strength(null),
  /** The `factor` of a {@link RandomContrast}. Defaults to null: contrast stays. */
  contrast_factor: strength(null),
  /** The `factor` of a {@link RandomSaturation}. Defaults to null: saturation stays. */
  saturation_factor: strength(null),
  /** The `factor` of a {@link RandomHue}. Defaults to null: hue stays. */
  hue_factor: strength(null),
  ...seedFields,
};

/** What {@link RandomColorJitter} takes. */
export interface RandomColorJitterOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training changes brightness, contrast, saturation and hue of each image, those that have a factor, one after the
 * other and at random; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/random_color_jitter.py`.
 *
 * @example
 * const jitter = new RandomColorJitter({ brightness_factor: 0.2, hue_factor: 0.1 });
 * const y = jitter.apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomColorJitter extends randomColorLayer(
  "RandomColorJitter",
  fields,
)<RandomColorJitterOptions> {
  readonly random_brightness: RandomBrightness | null;
  readonly random_contrast: RandomContrast | null;
  readonly random_saturation: RandomSaturation | null;
  readonly random_hue: RandomHue | null;

  constructor(options: RandomColorJitterOptions = {}) {
    super(options);
    const { value_range, seed } = this;
    const made = <L>(
      Class: new (options: {
        factor: number | readonly number[];
        value_range: readonly number[];
        seed: typeof seed;
      }) => L,
      factor: number | readonly number[] | null,
    ) => (factor === null ? null : new Class({ factor, value_range, seed }));
    this.random_brightness = made(RandomBrightness, this.brightness_factor);
    this.random_contrast = made(RandomContrast, this.contrast_factor);
    this.random_saturation = made(RandomSaturation, this.saturation_factor);
    this.random_hue = made(RandomHue, this.hue_factor);
  }

  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const layers: readonly (RandomColorLayer | null)[] = [
      this.random_brightness,
      this.random_contrast,
      this.random_saturation,
      this.random_hue,
    ];
    const drawn = layers.flatMap((layer) => (layer ? [layer.draw(given, seeds)] : []));
    const all = (images: Numeric) => drawn.reduce((batch, change) => change.images(batch), images);
    return { images: (images) => this.computed(all(this.computed(images))) };
  }
}
