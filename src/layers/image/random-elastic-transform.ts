import { ShapeError } from "../../errors.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { float } from "../../fields/shorthands.ts";
import { multiply } from "../../ops/arithmetic.ts";
import { where } from "../../ops/comparison.ts";
import { elasticallyMoved } from "../../ops/image/elastic.ts";
import { asDType } from "../../ops/operands.ts";
import { inChannelsLast } from "../../ops/window.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { isAbstract } from "../../program/value.ts";
import { standardNormal, uniform } from "../../random/drawing.ts";
import type { SeedGenerator } from "../../random/seed-generator.ts";
import { isFloat } from "../../tensor/dtype.ts";
import type { RandomFloat } from "../../tensor/random.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { chosen } from "./drawn.ts";
import { between, givenRange, outsideOrMirrored, upTo } from "./fields.ts";
import { randomImageLayer } from "./image-layer.ts";
import { knownSizes } from "./known-sizes.ts";
import { imageFields, seedFields, shareFields } from "./shared-fields.ts";
import { clipTo } from "./value-range.ts";

const fields = {
  ...imageFields({ since: "3.15", droppable: true }),
  ...shareFields,
  /** How far pixels move: the most, or the least and the most of what is drawn for a batch. Defaults to 1. */
  scale: upTo(1),
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: between("bilinear"),
  /** What stands outside of the image. Defaults to "reflect", the image mirrored at its borders. */
  fill_mode: outsideOrMirrored("reflect"),
  /** The value outside, for `"constant"`. Defaults to 0. */
  fill_value: float(0),
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: givenRange(),
  ...seedFields,
};

/** What {@link RandomElasticTransform} takes. */
export interface RandomElasticTransformOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * In training stretches and squeezes some images in places, as if they were of rubber, at random; else passes images on.
 * Shape in is shape out. Source: Keras 3.10 `layers/preprocessing/image_preprocessing/random_elastic_transform.py`.
 *
 * @example
 * const y = new RandomElasticTransform({ scale: 0.5 }).apply(Input({ shape: [32, 32, 3] })); // [null, 32, 32, 3]
 */
export class RandomElasticTransform extends randomImageLayer(
  "RandomElasticTransform",
  fields,
)<RandomElasticTransformOptions> {
  override draw(given: Numeric, seeds: SeedGenerator): Change {
    if (isAbstract(given) || this.scale[1] === 0 || this.factor[1] === 0) return this.still(given);
    const isMoved = chosen(given, seeds, this.factor);
    const [min, max] = this.scale;
    const strength = uniform(seeds, [], { min, max, dtype: this.computeDtype });
    // Images and masks draw by keys of their own, as in Keras.
    const moved = (batch: Numeric, interpolation: "bilinear" | "nearest") =>
      this.computed(
        clipTo(where(isMoved, this.#moved(batch, strength, interpolation, seeds), batch), this.value_range),
      );
    return {
      images: (images) => moved(this.computed(images), this.interpolation),
      masks: (masks) => moved(masks, "nearest"),
      boxes: () => this.#refuseBoxes(),
    };
  }

  override still(given: Numeric): Change {
    return { ...super.still(given), boxes: () => this.#refuseBoxes() };
  }

  #refuseBoxes(): never {
    throw this.problem("expected no bounding_boxes, which it cannot move, received some.");
  }

  #moved(
    images: Numeric,
    strength: Numeric,
    interpolation: "bilinear" | "nearest",
    seeds: SeedGenerator,
  ): Numeric {
    if (!isFloat(dtypeOf(images))) {
      const expected = "images and segmentation_masks of a float dtype, in which it draws";
      throw this.problem(`expected ${expected}, received ${dtypeOf(images)}.`, ShapeError);
    }
    const [height, width] = knownSizes(this, images);
    const sigma = multiply(multiply(strength, 0.05), Math.min(height, width));
    const alpha = multiply(multiply(strength, 0.1), Math.max(height, width));
    return inChannelsLast(images, this.data_format, (batch) => {
      const dtype = dtypeOf(batch) as RandomFloat;
      const noise = (shape: Parameters<typeof standardNormal>[1]) => standardNormal(seeds, shape, dtype);
      const most = 0.05 * this.scale[1] * Math.min(height, width);
      return elasticallyMoved(
        batch,
        { alpha: asDType(alpha, dtype), sigma: asDType(sigma, dtype), size: Math.trunc(6 * most) | 1, noise },
        {
          isLinear: interpolation === "bilinear",
          mode: this.fill_mode,
          fill: this.fill_value,
        },
      );
    });
  }
}
