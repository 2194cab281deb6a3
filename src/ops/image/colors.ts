import { ShapeError } from "../../errors.ts";
import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { fromNumbers } from "../../tensor/create.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { floatFormats, type RandomFloat } from "../../tensor/random.ts";
import { formatShape } from "../../tensor/shape.ts";
import { dataFormat } from "../convolution.ts";
import { unary } from "../define.ts";
import { concatenate } from "../joining.ts";
import { asDType, asFloat, asOperand, asResult, rankOf } from "../operands.ts";
import { sliceAxis } from "../slice-axis.ts";
import type { DataFormat } from "../window.ts";
import { axesOf, CALL } from "./axes.ts";

const fields = () => ({
  /** Where the channels are: `"channels_first"` is before height and width. Defaults to "channels_last". */
  data_format: dataFormat(),
});

/** The brightness of images with red, green and blue channels; one channel is left. One of gray stays as it is. */
export const rgbToGrayscale = /* @__PURE__ */ unary(
  "image.RGBToGrayscale",
  (x, { data_format }) => {
    const images = asFloat(x);
    const { channels } = axesOf(images, data_format);
    const count = images.shape[channels];
    if (count === 1) return asResult(asOperand(x));
    if (typeof count === "number" && count !== 3) {
      throw new ShapeError(
        "image",
        `expected three channels or one, received shape ${formatShape(images.shape)}.`,
      );
    }
    const shape = Array.from({ length: rankOf(images) }, (_, i) => (i === channels ? 3 : 1));
    const factors = fromNumbers(dtypeOf(images), shape, [0.2989, 0.587, 0.114]);
    const gray = prim("reduce_sum", [prim("mul", [images, factors])], { axes: [channels], keepdims: true });
    return asDType(gray, dtypeOf(asOperand(x)));
  },
  fields,
  CALL,
);

/** Images of red, green and blue as hue, saturation and value, each from 0 to 1. */
export const rgbToHsv = /* @__PURE__ */ unary(
  "image.RGBToHSV",
  (x, { data_format }) => {
    const { axis, planes, number } = planesOf(asOperand(x), data_format);
    const least = number(2 ** -floatFormats[dtypeOf(planes[0]) as RandomFloat].mantissa);
    const zero = number(0);
    const [r, g, b] = planes.map((plane) =>
      prim("select", [prim("lt", [prim("abs", [plane]), least]), zero, plane]),
    ) as [Numeric, Numeric, Numeric];
    const value = prim("max", [prim("max", [r, g]), b]);
    const range = prim("sub", [value, prim("min", [prim("min", [r, g]), b])]);
    const [isBright, isColored] = [prim("gt", [value, zero]), prim("gt", [range, zero])];
    const one = number(1);
    const share = prim("div", [range, prim("select", [isBright, value, one])]);
    const saturation = prim("select", [isBright, share, zero]);
    const sixth = prim("div", [one, prim("mul", [number(6), prim("select", [isColored, range, one])])]);
    const toward = (from: Numeric, to: Numeric, start: number) =>
      prim("add", [prim("mul", [sixth, prim("sub", [from, to])]), number(start)]);
    const isGreen = prim("eq", [value, g]);
    const other = prim("select", [isGreen, toward(b, r, 2 / 6), toward(r, g, 4 / 6)]);
    const angle = prim("select", [prim("eq", [value, r]), prim("mul", [sixth, prim("sub", [g, b])]), other]);
    const isBehind = asDType(prim("lt", [angle, zero]), dtypeOf(angle));
    const hue = prim("add", [prim("select", [isColored, angle, zero]), isBehind]);
    return concatenate([hue, saturation, value], { axis });
  },
  fields,
  CALL,
);

/** Images of hue, saturation and value, each from 0 to 1, as red, green and blue. */
export const hsvToRgb = /* @__PURE__ */ unary(
  "image.HSVToRGB",
  (x, { data_format }) => {
    const { axis, planes, number } = planesOf(asOperand(x), data_format);
    const [hue, saturation, value] = planes;
    const [zero, one] = [number(0), number(1)];
    const sixths = prim("mul", [prim("mod", [hue, one]), number(6)]);
    const within = (y: Numeric) => prim("min", [prim("max", [y, zero]), one]);
    const distance = (from: number) => prim("abs", [prim("sub", [sixths, number(from)])]);
    const red = within(prim("sub", [distance(3), one]));
    const [green, blue] = [2, 4].map((from) => within(prim("sub", [number(2), distance(from)])));
    const white = prim("sub", [one, saturation]);
    const colors = [red, green, blue].map((part) =>
      prim("mul", [value, prim("add", [white, prim("mul", [saturation, part as Numeric])])]),
    );
    return concatenate(colors, { axis });
  },
  fields,
  CALL,
);

/** The three channels of images, each with an axis of size 1, and numbers of their dtype. */
function planesOf(images: Operand, format: DataFormat | null) {
  const { channels: axis } = axesOf(images, format);
  const dtype = dtypeOf(images);
  if (images.shape[axis] !== 3 || !isFloat(dtype)) {
    const received = `${dtype} ${formatShape(images.shape)}`;
    throw new ShapeError("image", `expected floats with three channels, received ${received}.`);
  }
  const plane = (i: number) => sliceAxis(images, axis, i, i + 1);
  const planes: readonly [Numeric, Numeric, Numeric] = [plane(0), plane(1), plane(2)];
  return { axis, planes, number: (value: number) => asDType(value, dtype) };
}
