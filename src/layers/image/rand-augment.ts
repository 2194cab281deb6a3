import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { equal, where } from "../../ops/comparison.ts";
import { squeeze } from "../../ops/reshaping.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import { integers } from "../../random/drawing-integers.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import { type AugmentName, augmentingLayers, drawnBy } from "./augmenting.ts";
import type { Boxes } from "./boxes/boxes.ts";
import type { Change } from "./change.ts";
import { between, givenRange, upTo } from "./fields.ts";
import { type ImageLayer, randomImageLayer } from "./image-layer.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: givenRange(),
  /** How many changes are made one after the other. Defaults to 2. */
  num_ops: positiveInt(2),
  /** How strong they are: the most, or the least and the most. Defaults to 0.5. */
  factor: upTo(0.5),
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: between("bilinear"),
  ...seedFields,
};

/** What {@link RandAugment} takes. */
export interface RandAugmentOptions extends LayerOptions, OptionsOf<typeof fields> {}

const names: readonly AugmentName[] = [
  "random_shear",
  "random_translation",
  "random_rotation",
  "random_brightness",
  "random_color_degeneration",
  "random_contrast",
  "random_sharpness",
  "random_posterization",
  "solarization",
  "auto_contrast",
  "equalization",
];

/**
 * In training changes the images of a batch in ways that are drawn at random, the same for all of them: they are moved, or
 * their colors are changed; else passes images on. Shape in is shape out.
 * Source: Keras 3.8 `layers/preprocessing/image_preprocessing/rand_augment.py`.
 *
 * @example
 * const y = new RandAugment({ num_ops: 1, seed: 42 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandAugment extends randomImageLayer("RandAugment", fields)<RandAugmentOptions> {
  readonly #layers: readonly ImageLayer[];

  constructor(options: RandAugmentOptions = {}) {
    super(options);
    this.#layers = augmentingLayers(this, options, names);
  }

  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const chosen = integers(seeds, [this.num_ops], { min: 0, max: names.length });
    const picks = Array.from({ length: this.num_ops }, (_, i) =>
      squeeze(sliceAxis(chosen, 0, i, i + 1), { axis: 0 }),
    );
    const changes = this.#layers.map((layer) => drawnBy(layer, given, seeds));
    const inTurn = (batch: Numeric, apply: (change: Change, batch: Numeric) => Numeric) =>
      picks.reduce(
        (outer, pick) =>
          changes.reduce(
            (current, change, i) => where(equal(pick, i), apply(change, current), current),
            outer,
          ),
        batch,
      );
    const boxes = (all: Boxes) =>
      changes.reduce((current, change, i) => {
        const moved = change.boxes ? change.boxes(current) : current;
        return picks.reduce(
          (those, pick) => ({
            boxes: where(equal(pick, i), moved.boxes, those.boxes),
            labels: where(equal(pick, i), moved.labels, those.labels),
          }),
          current,
        );
      }, all);
    return {
      images: (images) =>
        this.computed(inTurn(this.computed(images), (change, batch) => change.images(batch))),
      masks: (masks) => inTurn(masks, (change, batch) => (change.masks ? change.masks(batch) : batch)),
      boxes,
    };
  }
}
