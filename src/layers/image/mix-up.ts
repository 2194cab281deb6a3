import type { OptionsOf } from "../../fields/field.ts";
import { number } from "../../fields/shorthands.ts";
import { add, multiply, subtract } from "../../ops/arithmetic.ts";
import { dimension, reshapeTo } from "../../ops/dimensions.ts";
import { concatenate } from "../../ops/joining.ts";
import { asDType } from "../../ops/operands.ts";
import { take } from "../../ops/take.ts";
import type { Numeric } from "../../program/emit.ts";
import { betaNumbers } from "../../random/drawing-distributions.ts";
import { permuted } from "../../random/permuted.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { randomColorLayer } from "./image-layer.ts";
import { forEachOf } from "./parts.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** How much is mixed: near 0 most images stay nearly as they are, 1 mixes all shares as often. Defaults to 0.2. */
  alpha: number(0.2),
  ...seedFields,
};

/** What {@link MixUp} takes. */
export interface MixUpOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training mixes each image of a batch with another one, and their `labels` in the same shares; else passes images on.
 * Shape in is shape out. Source: Keras 3.8 `layers/preprocessing/image_preprocessing/mix_up.py`.
 *
 * @example
 * const mix = new MixUp({ alpha: 0.4, seed: 42 });
 * const images = tensor([[[[0]]], [[[1]]]]);
 * mix.apply({ images, labels: tensor([[1, 0], [0, 1]]) }, { training: true });
 */
export class MixUp extends randomColorLayer("MixUp", fields)<MixUpOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const count = dimension(given, 0);
    const order = permuted(seeds, count);
    const share = betaNumbers(seeds, [count], this.alpha, this.alpha);
    const ofRank = (rank: number) => reshapeTo(share, [-1, ...new Array<number>(rank - 1).fill(1)]);
    const mixed = (one: Numeric, other: Numeric, by: Numeric) =>
      add(multiply(by, one), multiply(subtract(1, by), other));
    const others = (all: Numeric) => take(all, order, { axis: 0 });
    const fitting = (part: string, all: Numeric) => forEachOf(given, this, part, all);
    return {
      images: (images) => {
        const batch = this.computed(images);
        return mixed(batch, others(batch), asDType(ofRank(4), this.computeDtype));
      },
      labels: (labels) => mixed(fitting("labels", labels), others(labels), ofRank(2)),
      // As in Keras: masks are mixed with single numbers of them all, and labels of boxes follow each other by images.
      masks: (masks) => mixed(fitting("segmentation_masks", masks), take(masks, order), ofRank(4)),
      boxes: ({ boxes, labels }) => ({
        boxes: concatenate([fitting("bounding_boxes.boxes", boxes), others(boxes)], { axis: 1 }),
        labels: concatenate([fitting("bounding_boxes.labels", labels), others(labels)], { axis: 0 }),
      }),
    };
  }
}
