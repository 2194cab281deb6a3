import { ShapeError } from "../../errors.ts";
import type { ValuesOf } from "../../fields/field.ts";
import { choice, number } from "../../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat } from "../convolution.ts";
import { arange } from "../creation.ts";
import { type BinaryOp, binary } from "../define.ts";
import { calculate, type Dimension, dimension, dimensions, product, reshapeTo } from "../dimensions.ts";
import { asDType, asFloat, asOperand, rankOf } from "../operands.ts";
import { expandDims } from "../reshaping.ts";
import { sliceAxis } from "../slice-axis.ts";
import { inChannelsLast } from "../window.ts";
import { inBatch } from "./axes.ts";
import { type FillMode, fillMode, type Sampling, sample } from "./sample.ts";

export const interpolation = choice("bilinear", "nearest");

const affineFields = () => ({
  /** How values between pixels are made. Defaults to "bilinear". */
  interpolation: interpolation("bilinear"),
  /** What stands outside of the image. Defaults to "constant". */
  fill_mode: fillMode("constant"),
  /** The value outside, for `"constant"`. Defaults to 0. */
  fill_value: number(0),
  /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
  data_format: dataFormat(),
});

/** How an affine transformation reads pixels, in names of Keras. */
export interface AffineOptions {
  readonly interpolation: "bilinear" | "nearest";
  readonly fill_mode: FillMode;
  readonly fill_value: number;
}

type Fields = ReturnType<typeof affineFields>;

/**
 * Images seen through a transformation of the plane: eight numbers `[a0, a1, a2, b0, b1, b2, c0, c1]` for all, or for
 * each. The pixel at `(x, y)` shows what was at `(a0 x + a1 y + a2, b0 x + b1 y + b2)`.
 */
export const affineTransform: BinaryOp<Fields> = /* @__PURE__ */ binary<Fields>(
  "image.AffineTransform",
  (x, transform, options: ValuesOf<Fields>) =>
    inBatch(asOperand(x), (images) =>
      inChannelsLast(images, options.data_format, (batch) => {
        const { at, perChannel } = numbersOf(asFloat(transform));
        return transformed(batch, at, options, perChannel);
      }),
    ),
  affineFields,
  { tensors: ["images", "transform"] },
);

/** The numbers of a transformation, each of shape `(batch, 1, 1)`. */
export interface Affine {
  readonly a0: Numeric;
  readonly a1: Numeric;
  readonly a2: Numeric;
  readonly b0: Numeric;
  readonly b1: Numeric;
  readonly b2: Numeric;
}

/** The last two numbers, which Keras multiplies with the number of the channel. */
interface PerChannel {
  readonly c0: Numeric;
  readonly c1: Numeric;
}

function numbersOf(transform: Operand): { readonly at: Affine; readonly perChannel: PerChannel } {
  const rank = rankOf(transform);
  if ((rank !== 1 && rank !== 2) || transform.shape[rank - 1] !== 8) {
    throw new ShapeError(
      "image",
      `expected a transform of shape (8,) or (batch, 8), received ${formatShape(transform.shape)}.`,
    );
  }
  const rows = rank === 1 ? expandDims(transform, { axis: 0 }) : transform;
  const at = (i: number) => expandDims(sliceAxis(rows, 1, i, i + 1), { axis: 2 });
  return {
    at: { a0: at(0), a1: at(1), a2: at(2), b0: at(3), b1: at(4), b2: at(5) },
    perChannel: { c0: at(6), c1: at(7) },
  };
}

/** A batch of images of the format channels-last, seen through a transformation for each. */
export function transformed(
  images: Operand,
  { a0, a1, a2, b0, b1, b2 }: Affine,
  options: AffineOptions,
  perChannel: PerChannel | null = null,
): Numeric {
  const [, height, width, channels] = dimensions(images) as [Dimension, Dimension, Dimension, Dimension];
  const dtype = dtypeOf(a0);
  const y = reshapeTo(asDType(arange(height), dtype), [1, height, 1]);
  const x = reshapeTo(asDType(arange(width), dtype), [1, 1, width]);
  const sum = (p: Numeric, q: Numeric, offset: Numeric) =>
    prim("add", [prim("add", [prim("mul", [y, q]), prim("mul", [x, p])]), offset]);
  const [atY, atX] = [sum(b0, b1, b2), sum(a0, a1, a2)];
  const sampling: Sampling = {
    isLinear: options.interpolation === "bilinear",
    mode: options.fill_mode,
    fill: options.fill_value,
  };
  if (!perChannel) return sampleImages(images, atY, atX, sampling);
  const c = asDType(arange(channels), dtype);
  const shifted = (at: Numeric, factor: Numeric) =>
    prim("add", [expandDims(at, { axis: 3 }), prim("mul", [expandDims(factor, { axis: 3 }), c])]);
  const { c0, c1 } = perChannel;
  const flat = reshapeTo(images, [-1]);
  const image = product([height, width, channels]);
  // The channel is no coordinate to read between: what is read lies in the image's own.
  const first = prim("add", [
    reshapeTo(prim("mul", [batchIndices(images), asDType(image, "int32")]), [-1, 1, 1, 1]),
    asDType(arange(channels), "int32"),
  ]);
  const places = [
    { at: shifted(atY, c0), size: height },
    { at: shifted(atX, c1), size: width },
  ];
  return sample(flat, places, sampling, { row: first, step: channels });
}

/** Reads each image of a batch at places of its own: `y` and `x` of shape `(batch, height, width)`. */
export function sampleImages(images: Operand, y: Numeric, x: Numeric, sampling: Sampling): Numeric {
  const [, height, width, channels] = dimensions(images) as [Dimension, Dimension, Dimension, Dimension];
  const pixels = reshapeTo(images, [-1, channels]);
  const size = calculate("mul", height, width);
  const first = reshapeTo(prim("mul", [batchIndices(images), asDType(size, "int32")]), [-1, 1, 1]);
  const places = [
    { at: y, size: height },
    { at: x, size: width },
  ];
  return sample(pixels, places, sampling, { row: first });
}

function batchIndices(images: Operand): Numeric {
  return asDType(arange(dimension(images, 0)), "int32");
}
