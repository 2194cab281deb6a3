import type { OptionsOf } from "../../fields/field.ts";
import { int, positiveInt } from "../../fields/shorthands.ts";
import type { JsonObject } from "../../json/json.ts";
import { dimensions, filled } from "../../ops/dimensions.ts";
import { concatenate } from "../../ops/joining.ts";
import { sliceAxis } from "../../ops/slice-axis.ts";
import type { Numeric } from "../../program/emit.ts";
import type { LayerOptions } from "../define.ts";
import type { Change } from "./change.ts";
import { imageLayer } from "./image-layer.ts";
import { imageFields } from "./shared-fields.ts";

const fields = {
  ...imageFields({ since: "3.15" }),
  /** How many boxes each image has then. */
  max_number: positiveInt(),
  /** What stands in boxes and labels that are added; configs do not have it. Defaults to -1. */
  fill_value: int(-1),
};

/** What {@link MaxNumBoundingBoxes} takes. */
export interface MaxNumBoundingBoxesOptions extends LayerOptions, OptionsOf<typeof fields> {}

/**
 * Gives each image the same number of boxes: those that are too many are cut off, those that are missing are added. All
 * else passes on. Source: Keras 3.7 `layers/preprocessing/image_preprocessing/max_num_bounding_box.py`.
 *
 * @example
 * const layer = new MaxNumBoundingBoxes({ max_number: 2, bounding_box_format: "xyxy" });
 * const boxes = tensor([[[0, 0, 1, 1]]]);
 * layer.apply({ images: tensor([[[[1]]]]), bounding_boxes: { boxes, labels: tensor([[3]]) } });
 */
export class MaxNumBoundingBoxes extends imageLayer(
  "MaxNumBoundingBoxes",
  fields,
)<MaxNumBoundingBoxesOptions> {
  override change(): Change {
    return {
      images: (images) => images,
      boxes: ({ boxes, labels }) => ({ boxes: this.#filled(boxes), labels: this.#filled(labels) }),
    };
  }

  #filled(given: Numeric): Numeric {
    const shape = dimensions(given);
    shape[1] = this.max_number;
    const more = filled(shape, this.fill_value, given.dtype);
    return sliceAxis(concatenate([given, more], { axis: 1 }), 1, 0, this.max_number);
  }

  /** Keras does not write what is added. */
  override getConfig(): JsonObject {
    const config = super.getConfig();
    delete config.fill_value;
    return config;
  }
}
