import { ShapeError } from "../../errors.ts";
import { aFloat, aPositiveInteger, listOf, optional } from "../../fields/kinds.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { fromNumbers } from "../../tensor/create.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat, depthwiseConv } from "../convolution.ts";
import { arange } from "../creation.ts";
import { unary } from "../define.ts";
import { reshapeTo } from "../dimensions.ts";
import { asDType, asOperand, rankOf } from "../operands.ts";
import { stack } from "../stacking.ts";
import { inChannelsLast } from "../window.ts";
import { CALL, inBatch } from "./axes.ts";

/** Each pixel as an average of those around, which count as a normal distribution says. Of Keras 3.9. */
export const gaussianBlur = /* @__PURE__ */ unary(
  "image.GaussianBlur",
  (x, { kernel_size, sigma, data_format }) =>
    inBatch(asOperand(x), (images) =>
      inChannelsLast(images, data_format, (batch) => {
        const dtype = dtypeOf(batch);
        const [high, wide] = sigma.map((width) => asDType(width, dtype)) as [Numeric, Numeric];
        return blurred(batch, kernel_size as [number, number], [high, wide]);
      }),
    ),
  () => ({
    /** Height and width of the kernel, in pixels. Defaults to [3, 3]. */
    kernel_size: optional(listOf(aPositiveInteger, { length: 2 }), [3, 3]),
    /** The standard deviations along height and width, in pixels. Defaults to [1, 1]. */
    sigma: optional(listOf(aFloat, { length: 2 }), [1, 1]),
    /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
    data_format: dataFormat(),
  }),
  CALL,
);

/** A batch of images of the format channels-last, blurred; Keras takes the first numbers as those of the width. */
export function blurred(
  images: Operand,
  [first, second]: readonly [number, number],
  [sigma, other]: readonly [Numeric, Numeric],
): Numeric {
  const columns = reshapeTo(normal(first, sigma), [1, first]);
  const rows = reshapeTo(normal(second, other), [second, 1]);
  return filtered(images, prim("mul", [rows, columns]));
}

/** Shares of a normal distribution in so many places, which add up to 1. */
export function normal(size: number, sigma: Numeric): Numeric {
  const dtype = dtypeOf(sigma);
  const places = prim("sub", [asDType(arange(size), dtype), asDType((size - 1) / 2, dtype)]);
  const distance = prim("div", [places, sigma]);
  const shares = prim("exp", [prim("mul", [asDType(-0.5, dtype), prim("mul", [distance, distance])])]);
  return prim("div", [shares, prim("reduce_sum", [shares], { axes: [0], keepdims: true })]);
}

/** A matrix of factors laid over each channel of a batch of images of the format channels-last, by default with zeros around. */
export function filtered(images: Operand, factors: Numeric, padding: "same" | "valid" = "same"): Numeric {
  const channels = images.shape[3];
  if (typeof channels !== "number") {
    throw new ShapeError("image", `expected known channels, received ${formatShape(images.shape)}.`);
  }
  const [rows, columns] = factors.shape as [number, number];
  const ones = fromNumbers(dtypeOf(images), [1, 1, channels, 1], new Array<number>(channels).fill(1));
  const kernel = prim("mul", [reshapeTo(factors, [rows, columns, 1, 1]), ones]);
  return depthwiseConv(images, kernel, { padding });
}

const across = [-1, 0, 1, -2, 0, 2, -1, 0, 1];
const down = [-1, -2, -1, 0, 0, 0, 1, 2, 1];

/** How images change downwards and to the right, on a new last axis of size 2. Of the newest Keras. */
export const sobelEdges = /* @__PURE__ */ unary(
  "image.SobelEdges",
  (x, { data_format }) => {
    const images = asOperand(x);
    if (rankOf(images) !== 4) {
      throw new ShapeError("image", `expected a batch of images, received ${formatShape(images.shape)}.`);
    }
    const edges = (factors: readonly number[]) =>
      inChannelsLast(images, data_format, (batch) =>
        filtered(batch, fromNumbers(dtypeOf(batch), [3, 3], factors)),
      );
    return stack([edges(down), edges(across)], { axis: -1 });
  },
  () => ({
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
  }),
  CALL,
);
