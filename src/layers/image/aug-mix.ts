import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { anInteger, optional, refine } from "../../fields/kinds.ts";
import { bool, float } from "../../fields/shorthands.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { zerosLike } from "../../ops/filling.ts";
import { asDType } from "../../ops/operands.ts";
import { sum } from "../../ops/reduction.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import { betaNumbers, gammaNumbers } from "../../random/drawing-distributions.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { formatShape } from "../../tensor/shape.ts";
import type { LayerOptions } from "../define.ts";
import { type AugmentName, augmentingLayers, drawnBy } from "./augmenting.ts";
import type { Change } from "./change.ts";
import { between, givenRange, upTo } from "./fields.ts";
import { type ImageLayer, randomImageLayer } from "./image-layer.ts";
import { imageFields, seedFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const aCount = refine(anInteger, "an integer of at least 0", (count: number) => count >= 0);

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: givenRange(),
  /** How many changed images are mixed. Defaults to 3. */
  num_chains: optional(aCount, 3),
  /** How many changes are made to each of them at most, one after the other. Defaults to 3. */
  chain_depth: optional(aCount, 3),
  /** How strong they are: the most, or the least and the most. Defaults to 0.3. */
  factor: upTo(0.3),
  /** How much shares of mixing differ; 1 makes all as likely. Defaults to 1. */
  alpha: float(1),
  /** Whether changes of brightness, contrast, color and sharpness are among them. Defaults to true. */
  all_ops: bool(true),
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: between("bilinear"),
  ...seedFields,
};

/** What {@link AugMix} takes. */
export interface AugMixOptions extends LayerOptions, OptionsOf<typeof fields> {}

const some: readonly AugmentName[] = [
  "random_shear",
  "random_translation",
  "random_rotation",
  "random_posterization",
  "solarization",
  "auto_contrast",
  "equalization",
];

const all: readonly AugmentName[] = [
  ...some,
  "random_brightness",
  "random_color_degeneration",
  "random_contrast",
  "random_sharpness",
];

/**
 * In training mixes the images of a batch with what several chains of changes make of them; else passes images on. Shape
 * in is shape out. Which changes are made no seed says, as in Keras: each call chooses others, and a traced program has
 * those that were chosen when it was traced.
 * Source: Keras 3.9 `layers/preprocessing/image_preprocessing/aug_mix.py`.
 *
 * @example
 * const y = new AugMix({ num_chains: 2 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class AugMix extends randomImageLayer("AugMix", fields)<AugMixOptions> {
  readonly #layers: readonly ImageLayer[];

  constructor(options: AugMixOptions = {}) {
    super(options);
    this.#layers = augmentingLayers(this, options, this.all_ops ? all : some);
  }

  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const drawn = gammaNumbers(seeds, [this.num_chains], this.alpha);
    const shares = asDType(divide(drawn, sum(drawn, { axis: -1, keepdims: true })), this.computeDtype);
    const kept = asDType(betaNumbers(seeds, [], this.alpha, this.alpha), this.computeDtype);
    const chains = Array.from({ length: this.num_chains }, () => this.#chain(given, seeds));
    const mixed = (batch: Numeric, apply: (change: Change, batch: Numeric) => Numeric) => {
      const mix = chains.reduce<Numeric>((sum, chain, i) => {
        const changed = chain.reduce((current, change) => apply(change, current), batch);
        return add(sum, multiply(changed, sliceAxis(shares, 0, i, i + 1)));
      }, zerosLike(batch));
      return add(multiply(kept, batch), multiply(subtract(1, kept), mix));
    };
    return {
      images: (images) => {
        const result = mixed(this.computed(images), (change, batch) => change.images(batch));
        return this.computed(clipTo(result, this.value_range));
      },
      masks: (masks) =>
        mixed(this.#ofRank4(masks), (change, batch) => (change.masks ? change.masks(batch) : batch)),
    };
  }

  #ofRank4(masks: Numeric): Numeric {
    if (masks.shape.length === 4) return masks;
    const expected = "segmentation_masks with channels, as the images have";
    throw this.problem(`expected ${expected}, received shape ${formatShape(masks.shape)}.`, ShapeError);
  }

  /** Changes, one after the other; one choice of them is none. */
  #chain(given: Numeric, seeds: SeedGenerator): readonly Change[] {
    const choices: readonly (ImageLayer | null)[] = [...this.#layers, null];
    return Array.from({ length: this.chain_depth }).flatMap(() => {
      const layer = choices[Math.floor(Math.random() * choices.length)];
      return layer ? [drawnBy(layer, given, seeds)] : [];
    });
  }
}
