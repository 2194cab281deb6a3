import type { FieldSettings } from "../../fields/field.ts";
import { float, positiveInt, seed } from "../../fields/shorthands.ts";
import { dataFormat } from "../data-format.ts";
import { between, boundingBoxFormat, outside, upTo, valueRange } from "./fields.ts";

/** The first fields of all layers of images; the settings are those of `data_format`. */
export function imageFields(settings?: FieldSettings) {
  return {
    /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
    data_format: dataFormat(settings),
    /**
     * How boxes around things are given: `"xyxy"` (left, top, right, bottom), `"yxyx"`, `"xywh"` (left, top, width,
     * height), `"center_xywh"`, `"center_yxhw"`, in pixels, or with `rel_` in front as shares of the image. Defaults to
     * null: none are given.
     */
    bounding_box_format: boundingBoxFormat({ since: "3.6" }),
  };
}

/** The fields of layers whose results are of one size. */
export const sizeFields = {
  /** The height of the result, in pixels. */
  height: positiveInt(),
  /** The width of the result, in pixels. */
  width: positiveInt(),
};

/** The field of layers that do something to some images of a batch. */
export const shareFields = {
  /** How often it is done: a share that is drawn for each image, the most, or the least and the most. Defaults to 1. */
  factor: upTo(1),
};

/** The field of layers that go by the range of values. */
export const rangeFields = {
  /** The least and the largest value of a pixel. Defaults to [0, 255]. */
  value_range: valueRange(),
};

/** The field of layers that draw random numbers. */
export const seedFields = {
  /** What makes the random numbers reproducible: an integer. Defaults to null, one drawn at random. */
  seed: seed(null),
};

/** The last fields of layers that move images. */
export const movingFields = {
  /** What stands outside of the image. Defaults to "reflect", the image mirrored at its borders. */
  fill_mode: outside("reflect"),
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: between("bilinear"),
  ...seedFields,
  /** The value outside, for `"constant"`. Defaults to 0. */
  fill_value: float(0),
};
