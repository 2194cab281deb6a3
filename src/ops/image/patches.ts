import { ShapeError } from "../../errors.ts";
import { integerOrList, nullable, optional, refine, required } from "../../fields/kinds.ts";
import { choice } from "../../fields/shorthands.ts";
import { dtypeOf, type Numeric } from "../../program/emit.ts";
import { toNumbers } from "../../tensor/cast.ts";
import { formatShape } from "../../tensor/shape.ts";
import { conv, dataFormat } from "../convolution.ts";
import { eye } from "../creation.ts";
import { unary } from "../define.ts";
import { reshapeTo } from "../dimensions.ts";
import { made } from "../made.ts";
import { asOperand, type OperandLike, rankOf } from "../operands.ts";
import { expandDims, squeeze } from "../reshaping.ts";
import { CALL } from "./axes.ts";

/** Height and width, or depth, height and width; one number stands for height and width. Kept as it was given. */
const aPatch = refine(integerOrList, "a positive integer, or two or three of them", (size) =>
  typeof size === "number" ? size > 0 : size.every((n) => n > 0) && (size.length === 2 || size.length === 3),
);

/** Steps: one number, or one for each axis. */
const aStep = refine(integerOrList, "a positive integer, or a list of them", (step) =>
  [step].flat().every((n) => n > 0),
);

/**
 * Pieces of images, or of volumes, side by side: `(batch, rows, columns, channels)` to a place for each piece, with all
 * its numbers as channels.
 */
export const extractPatches = /* @__PURE__ */ unary(
  "image.ExtractPatches",
  (x, { size: given, strides, dilation_rate, padding, data_format }) => {
    const size = typeof given === "number" ? [given, given] : given;
    const images = asOperand(x);
    const rank = size.length + 2;
    const first = data_format === "channels_first" ? rank - size.length - 1 : rank - 1;
    const isOne = rankOf(images) === rank - 1;
    const channels = images.shape[isOne ? first - 1 : first];
    if ((!isOne && rankOf(images) !== rank) || typeof channels !== "number") {
      const expected = `rank ${rank - 1} or ${rank} and known channels`;
      throw new ShapeError("image", `expected ${expected}, received ${formatShape(images.shape)}.`);
    }
    const dilation = typeof dilation_rate === "number" ? size.map(() => dilation_rate) : dilation_rate;
    const start = images.shape.length - rank + (data_format === "channels_first" ? 2 : 1);
    for (const [i, pixels] of size.entries()) {
      const own = images.shape[start + i];
      const reach = (pixels - 1) * (dilation[i] ?? 1) + 1;
      if (padding === "same" || typeof own !== "number" || own === 0 || own >= reach) continue;
      const expected = `at least ${reach} pixels along axis ${start + i} for a patch`;
      throw new ShapeError("image", `expected ${expected}, received shape ${formatShape(images.shape)}.`);
    }
    const count = size.reduce((a, b) => a * b, channels);
    const each = made("image", [count, count], dtypeOf(images), () =>
      toNumbers(eye(count, count, { dtype: "float64" })),
    );
    const kernel = asOperand(reshapeTo(each, [...size, channels, count]));
    const options = { strides: strides ?? size, dilation_rate, padding, data_format };
    if (!isOne) return conv(images, kernel, options);
    return squeeze(conv(expandDims(images, { axis: 0 }), kernel, options), { axis: 0 }) as Numeric;
  },
  () => ({
    /** Height and width of a piece, or depth, height and width. */
    size: required(aPatch),
    /** Steps from one piece to the next. Defaults to the size. */
    strides: optional(nullable(aStep), null),
    /** Steps from one pixel of a piece to the next. Defaults to 1. */
    dilation_rate: optional(aStep, 1),
    /** `"valid"`: only whole pieces; `"same"`: zeros around. Defaults to "valid". */
    padding: choice("valid", "same")("valid"),
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
  }),
  CALL,
);

/**
 * Pieces of volumes side by side: `(batch, depth, rows, columns, channels)` to a place for each piece, with all its numbers
 * as channels. {@link extractPatches} of three sizes; one size stands for all three. Of the newest Keras.
 */
export const extractPatches3d = /* @__PURE__ */ Object.assign(
  (volumes: OperandLike, options: { readonly size: number | readonly number[] }) => {
    const size = options?.size;
    return extractPatches(volumes, {
      ...options,
      size: typeof size === "number" ? [size, size, size] : size,
    });
  },
  { Operation: extractPatches.Operation },
) as typeof extractPatches;
