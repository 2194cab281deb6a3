import { ShapeError } from "../errors.ts";
import { anInteger, listOf } from "../fields/kinds.ts";
import { bool, choice, float, int, shorthand } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { piecePrim } from "../program/rules/piece.ts";
import { fromNumbers } from "../tensor/create.ts";
import { isFloat } from "../tensor/dtype.ts";
import { formatShape } from "../tensor/shape.ts";
import { dataFormat } from "./convolution.ts";
import { unary } from "./define.ts";
import { made } from "./made.ts";
import { asDType, asFloat, asOperand, asResult, rankOf } from "./operands.ts";
import { permute, sliceAxis } from "./reshaping.ts";
import { type Interpolation, resizeWeights } from "./resize-weights.ts";
import type { DataFormat } from "./window.ts";

/** Height and width. */
const aSize = shorthand(listOf(anInteger, { length: 2 }));

const CALL = { tensors: ["images"] };

/** The brightness of images with red, green and blue channels; one channel is left. */
export const rgbToGrayscale = /* @__PURE__ */ unary(
  "image.RGBToGrayscale",
  (x, { data_format }) => {
    const images = asFloat(x);
    const { channels } = axesOf(images, data_format);
    const shape = Array.from({ length: rankOf(images) }, (_, i) => (i === channels ? 3 : 1));
    const factors = fromNumbers(dtypeOf(images), shape, [0.2989, 0.587, 0.114]);
    const gray = prim("reduce_sum", [prim("mul", [images, factors])], { axes: [channels], keepdims: true });
    return asDType(gray, dtypeOf(asOperand(x)));
  },
  () => ({ data_format: dataFormat() }),
  CALL,
);

/** Zeros around images. Of top, bottom and height two are given, of left, right and width likewise. */
export const padImages = /* @__PURE__ */ unary(
  "image.PadImages",
  (x, options) => {
    const images = asOperand(x);
    const { height, width } = axesOf(images, options.data_format);
    const pair = (
      axis: number,
      low: number | null,
      high: number | null,
      target: number | null,
    ): readonly [number, number] => {
      if (low !== null && high !== null) return [low, high];
      const rest = (target ?? 0) - sizeOf(images, axis);
      return low === null ? [rest - (high ?? 0), high ?? 0] : [low, rest - low];
    };
    const padding = Array.from({ length: rankOf(images) }, (_, axis): readonly [number, number] => {
      if (axis === height)
        return pair(axis, options.top_padding, options.bottom_padding, options.target_height);
      return axis === width
        ? pair(axis, options.left_padding, options.right_padding, options.target_width)
        : [0, 0];
    });
    return piecePrim("pad", [images], { padding, mode: "constant", value: 0 });
  },
  () => ({
    top_padding: int(null),
    left_padding: int(null),
    bottom_padding: int(null),
    right_padding: int(null),
    target_height: int(null),
    target_width: int(null),
    data_format: dataFormat(),
  }),
  CALL,
);

/** Images without their edges. Of top, bottom and height two are given, of left, right and width likewise. */
export const cropImages = /* @__PURE__ */ unary(
  "image.CropImages",
  (x, options) => {
    const images = asOperand(x);
    const { height, width } = axesOf(images, options.data_format);
    const cut = (
      from: Operand,
      axis: number,
      low: number | null,
      high: number | null,
      target: number | null,
    ): Numeric => {
      const start = low ?? sizeOf(images, axis) - (target ?? 0) - (high ?? 0);
      if (target !== null) return sliceAxis(from, axis, start, start + target);
      return sliceAxis(from, axis, start, high ? -high : null);
    };
    const rows = cut(images, height, options.top_cropping, options.bottom_cropping, options.target_height);
    return cut(rows, width, options.left_cropping, options.right_cropping, options.target_width);
  },
  () => ({
    top_cropping: int(null),
    left_cropping: int(null),
    bottom_cropping: int(null),
    right_cropping: int(null),
    target_height: int(null),
    target_width: int(null),
    data_format: dataFormat(),
  }),
  CALL,
);

/** Images in another size; their own size must be known. */
export const resize = /* @__PURE__ */ unary(
  "image.Resize",
  (x, options) => {
    const [target_height, target_width] = options.size as readonly [number, number];
    const format = options.data_format;
    const target = { height: target_height, width: target_width };
    let images = asOperand(x);
    if (options.crop_to_aspect_ratio) images = cropped(images, target, format);
    else if (options.pad_to_aspect_ratio) images = padded(images, target, format, options.fill_value);
    const own = dtypeOf(images);
    const numbers = options.interpolation === "nearest" ? images : asFloat(images);
    const { height, width } = axesOf(numbers, format);
    const rows = resized(numbers, height, target_height, options.interpolation, options.antialias);
    const result = resized(rows, width, target_width, options.interpolation, options.antialias);
    const rounded = isFloat(own) || own === result.dtype ? result : prim("round", [result]);
    return asResult(asDType(rounded, own));
  },
  () => ({
    size: aSize(),
    interpolation: choice("bilinear", "nearest", "bicubic", "lanczos3", "lanczos5")("bilinear"),
    antialias: bool(false),
    crop_to_aspect_ratio: bool(false),
    pad_to_aspect_ratio: bool(false),
    fill_mode: choice("constant")("constant"),
    fill_value: float(0),
    data_format: dataFormat(),
  }),
  CALL,
);

interface Size {
  readonly height: number;
  readonly width: number;
}

/** Where the axes of an image, or a batch of images, are. */
function axesOf(
  images: Operand,
  format: DataFormat | null,
): { height: number; width: number; channels: number } {
  const rank = rankOf(images);
  if (rank !== 3 && rank !== 4) {
    throw new ShapeError(
      "image",
      `expected an image or a batch of images, received ${formatShape(images.shape)}.`,
    );
  }
  const first = rank - 3;
  return format === "channels_first"
    ? { channels: first, height: first + 1, width: first + 2 }
    : { height: first, width: first + 1, channels: first + 2 };
}

function sizeOf(images: Operand, axis: number): number {
  const size = images.shape[axis];
  if (typeof size === "number") return size;
  throw new ShapeError("image", `expected images of a known size, received ${formatShape(images.shape)}.`);
}

function resized(
  images: Operand,
  axis: number,
  to: number,
  interpolation: Interpolation,
  antialias: boolean,
): Operand {
  const from = sizeOf(images, axis);
  if (from === to) return images;
  if (interpolation === "nearest") {
    const place = (i: number) => Math.floor(((i + 0.5) * from) / to);
    const places = made("resize", [to], "int32", () => Array.from({ length: to }, (_, i) => place(i)));
    return gatherPrim("gather", [images, places], { axis });
  }
  const rank = rankOf(images);
  const perm = [...[...Array(rank).keys()].filter((i) => i !== axis), axis];
  const weights = resizeWeights(from, to, interpolation, antialias, dtypeOf(images));
  const product = prim("matmul", [permute(images, perm), weights]);
  return permute(
    product,
    [...Array(rank).keys()].map((i) => perm.indexOf(i)),
  );
}

/** The middle of images, in the ratio of the target. */
function cropped(images: Operand, target: Size, format: DataFormat | null): Operand {
  const axes = axesOf(images, format);
  const [height, width] = [sizeOf(images, axes.height), sizeOf(images, axes.width)];
  const rows = Math.max(Math.min(height, Math.trunc((width * target.height) / target.width)), 1);
  const columns = Math.max(Math.min(width, Math.trunc((height * target.width) / target.height)), 1);
  const [top, left] = [Math.trunc((height - rows) / 2), Math.trunc((width - columns) / 2)];
  return sliceAxis(sliceAxis(images, axes.height, top, top + rows), axes.width, left, left + columns);
}

/** Images with bars on two sides, in the ratio of the target. */
function padded(images: Operand, target: Size, format: DataFormat | null, value: number): Operand {
  const axes = axesOf(images, format);
  const [height, width] = [sizeOf(images, axes.height), sizeOf(images, axes.width)];
  const rows = Math.max(height, Math.trunc((width * target.height) / target.width));
  const columns = Math.max(width, Math.trunc((height * target.width) / target.height));
  const [top, left] = [Math.trunc((rows - height) / 2), Math.trunc((columns - width) / 2)];
  const bars = (axis: number) => (axis === axes.height ? top : axis === axes.width && top === 0 ? left : 0);
  const padding = images.shape.map((_, axis): readonly [number, number] => [bars(axis), bars(axis)]);
  return piecePrim("pad", [images], { padding, mode: "constant", value });
}
