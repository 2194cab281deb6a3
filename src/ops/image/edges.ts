import { ShapeError } from "../../errors.ts";
import { int } from "../../fields/shorthands.ts";
import { inspect } from "../../json/inspect.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import { piecePrim } from "../../program/rules/piece.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat } from "../convolution.ts";
import { unary } from "../define.ts";
import { asOperand, rankOf } from "../operands.ts";
import { sliceAxis } from "../slice-axis.ts";
import { axesOf, CALL, sizeOf } from "./axes.ts";

/** What is said of an axis: how much there is before and behind, and how long the result is. */
type Said = Readonly<Record<string, number | null>>;

/** The three, of which two must be given. */
function twoOf(said: Said): (number | null)[] {
  const values = Object.values(said);
  const given = values.filter((value) => value !== null).length;
  if (given === 2) return values;
  const names = Object.keys(said).join(", ");
  throw new ShapeError("image", `expected exactly two of ${names}, received ${given} of them.`);
}

/** How many zeros there are before and behind. */
function paddingOf(images: Operand, axis: number, said: Said): readonly [number, number] {
  const [low = null, high = null, target = null] = twoOf(said);
  const rest = target === null ? 0 : target - sizeOf(images, axis);
  const pair = [low ?? rest - (high ?? 0), high ?? rest - (low ?? 0)] as const;
  for (const [i, value] of pair.entries()) {
    if (value >= 0) continue;
    const received = `${value} for images of shape ${formatShape(images.shape)}`;
    throw new ShapeError("image", `expected ${Object.keys(said)[i]} of at least 0, received ${received}.`);
  }
  return pair;
}

/** Images without what is cut off along an axis. */
function cut(images: Operand, axis: number, said: Said): Numeric {
  const [low = null, high = null, target = null] = twoOf(said);
  const size = images.shape[axis];
  const start = low ?? sizeOf(images, axis) - (target ?? 0) - (high ?? 0);
  const end = target === null ? -(high ?? 0) : start + target;
  const last = target === null && typeof size === "number" ? size + end : end;
  const isBeyond = target !== null || typeof size === "number" ? last < start : end > 0;
  if (start < 0 || isBeyond || (typeof size === "number" && last > size)) {
    const expected = `a crop within images of shape ${formatShape(images.shape)}`;
    throw new ShapeError("image", `expected ${expected}, received ${inspect(said)}.`);
  }
  return sliceAxis(images, axis, start, end === 0 && target === null ? null : end);
}

/** Zeros around images. Of top, bottom and height two are given, of left, right and width likewise. */
export const padImages = /* @__PURE__ */ unary(
  "image.PadImages",
  (x, options) => {
    const images = asOperand(x);
    const { height, width } = axesOf(images, options.data_format);
    const { top_padding, bottom_padding, target_height } = options;
    const { left_padding, right_padding, target_width } = options;
    const padding = Array.from({ length: rankOf(images) }, (): readonly [number, number] => [0, 0]);
    padding[height] = paddingOf(images, height, { top_padding, bottom_padding, target_height });
    padding[width] = paddingOf(images, width, { left_padding, right_padding, target_width });
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
    const { top_cropping, bottom_cropping, target_height } = options;
    const { left_cropping, right_cropping, target_width } = options;
    const rows = cut(images, height, { top_cropping, bottom_cropping, target_height });
    return cut(rows, width, { left_cropping, right_cropping, target_width });
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
