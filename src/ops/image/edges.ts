import { int } from "../../fields/shorthands.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { piecePrim } from "../../program/rules/piece.ts";
import { dataFormat } from "../convolution.ts";
import { unary } from "../define.ts";
import { asOperand, rankOf } from "../operands.ts";
import { sliceAxis } from "../reshaping.ts";
import { axesOf, CALL, sizeOf } from "./axes.ts";

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
