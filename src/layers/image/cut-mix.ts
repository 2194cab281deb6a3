import type { OptionsOf } from "../../fields/field.ts";
import { add, divide, multiply, subtract } from "../../ops/arithmetic.ts";
import { greaterEqual, less, logicalAnd, where } from "../../ops/comparison.ts";
import { arange } from "../../ops/creation.ts";
import { broadcastTo, calculate, dimension, dimensions, reshapeTo } from "../../ops/dimensions.ts";
import { sqrt } from "../../ops/float-functions.ts";
import { asDType } from "../../ops/operands.ts";
import { take } from "../../ops/take.ts";
import type { Numeric } from "../../program/emit.ts";
import { uniform } from "../../random/drawing.ts";
import { betaNumbers } from "../../random/drawing-distributions.ts";
import { permuted } from "../../random/permuted.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import type { RandomFloat } from "../../tensor/random.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { upTo } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { forEachOf, type ImageData, isOneImage } from "./parts.ts";
import { imageFields, seedFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  /** How much sizes of pieces differ: the most, or the least and the most of what is drawn for a batch. Defaults to 1. */
  factor: upTo(1),
  ...seedFields,
};

/** What {@link CutMix} takes. */
export interface CutMixOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training puts a piece of another image into each image of a batch, and mixes their `labels` by its area; else passes
 * images on, and always a single one. Shape in is shape out.
 * Source: Keras 3.9 `layers/preprocessing/image_preprocessing/cut_mix.py`.
 *
 * @example
 * const y = new CutMix({ seed: 42 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class CutMix extends randomImageLayer("CutMix", fields)<CutMixOptions> {
  override call(data: ImageData, { training }: { readonly training: boolean }): ImageData {
    // There is no other image for a single one, for which nothing is drawn.
    return super.call(data, { training: training && !isOneImage(data) });
  }

  override draw(given: Numeric, seeds: SeedGenerator): Change {
    const dtype = this.computeDtype;
    const count = dimension(given, 0);
    const [least, most] = this.factor;
    const alpha = add(uniform(seeds, [], { min: least, max: most, dtype }), 1e-6);
    const drawn = betaNumbers(seeds, [count], alpha, alpha, dtype as RandomFloat);
    const side = reshapeTo(sqrt(subtract(1, drawn)), [-1, 1, 1, 1]);
    const [height, width] = this.spatial;
    const across = this.#within(given, width, side, seeds);
    const down = this.#within(given, height, side, seeds);
    const isInside = broadcastTo(logicalAnd(across.isInside, down.isInside), dimensions(given));
    const area = asDType(calculate("mul", dimension(given, width), dimension(given, height)), dtype);
    const share = reshapeTo(subtract(1, divide(multiply(across.length, down.length), area)), [-1, 1]);
    const order = permuted(seeds, count);
    const others = (all: Numeric) => take(all, order, { axis: 0 });
    const fitting = (part: string, all: Numeric) => forEachOf(given, this, part, all);
    const cut = (images: Numeric) => {
      const batch = this.computed(images);
      return where(isInside, others(batch), batch);
    };
    return {
      images: cut,
      masks: (masks) => cut(fitting("segmentation_masks", masks)),
      labels: (labels) =>
        add(multiply(share, fitting("labels", labels)), multiply(subtract(1, share), others(labels))),
      boxes: () => this.#refuseBoxes(),
    };
  }

  override still(): Change {
    const same = (images: Numeric) => this.computed(images);
    return { images: same, masks: same, boxes: () => this.#refuseBoxes() };
  }

  /** Which places of an axis are in a piece that has a share of it, from a place on that is drawn, and how long it is. */
  #within(images: Numeric, axis: number, share: Numeric, seeds: SeedGenerator) {
    const dtype = this.computeDtype;
    const size = dimension(images, axis);
    const whole = asDType(size, dtype);
    const length = multiply(share, whole);
    const drawn = uniform(seeds, [dimension(images, 0)], { dtype });
    const start = multiply(reshapeTo(drawn, [-1, 1, 1, 1]), subtract(whole, length));
    const end = add(start, length);
    const places = reshapeTo(
      asDType(arange(size), dtype),
      [0, 1, 2, 3].map((i) => (i === axis ? size : 1)),
    );
    return {
      isInside: logicalAnd(greaterEqual(places, start), less(places, end)),
      length: subtract(end, start),
    };
  }

  #refuseBoxes(): never {
    throw this.problem("expected no bounding_boxes, which it cannot mix, received some.");
  }
}
