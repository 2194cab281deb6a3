import { ShapeError } from "../errors.ts";
import type { ValuesOf } from "../fields/field.ts";
import { integerOrList, nullable, optional } from "../fields/kinds.ts";
import { choice } from "../fields/shorthands.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { windowPrim } from "../program/rules/window.ts";
import { formatShape } from "../tensor/shape.ts";
import { binary, defineOp, type Op, type TensorLike } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { asDType, asOperand, type OperandLike, shapeOf } from "./operands.ts";
import { inChannelsLast, type PaddingName, stepsOf, withPadding } from "./window.ts";

type Sizes = number | readonly number[];

type ConvOptions = ValuesOf<ReturnType<typeof convFields>>;

export const dataFormat = () => choice("channels_last", "channels_first")(null);

const convFields = () => ({
  /** Steps from one window to the next: one number, or one for each dimension. Defaults to 1. */
  strides: optional(integerOrList, 1 as Sizes),
  /** `"valid"`: only whole windows; `"same"`: zeros around, so that each stride has a window. Defaults to "valid". */
  padding: choice("valid", "same")("valid"),
  /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
  data_format: dataFormat(),
  /** Steps from one element of a window to the next: one number, or one for each dimension. Defaults to 1. */
  dilation_rate: optional(integerOrList, 1 as Sizes),
});

const CALL = { tensors: ["inputs", "kernel"] };

/** A convolution with a kernel of shape `(...window, channels, filters)`. */
export const conv = /* @__PURE__ */ binary(
  "nn.Conv",
  (x, kernel, options) => convolve(x, asOperand(kernel), options),
  convFields,
  CALL,
);

/** A convolution of each channel on its own, with a kernel of shape `(...window, channels, multiplier)`. */
export const depthwiseConv = /* @__PURE__ */ binary(
  "nn.DepthwiseConv",
  (x, kernel, options) => convolve(x, perChannel(kernel), options),
  convFields,
  CALL,
);

/** An op of an image and two kernels. */
export interface SeparableConvOp extends Op {
  (x: KerasTensor, depthwise: TensorLike, pointwise: TensorLike, options?: Partial<ConvOptions>): KerasTensor;
  (x: OperandLike, depthwise: OperandLike, pointwise: OperandLike, options?: Partial<ConvOptions>): Numeric;
}

/** A convolution of each channel on its own, then one of the channels at each place. */
export const separableConv = /* @__PURE__ */ defineOp<SeparableConvOp>({
  path: "nn.SeparableConv",
  tensors: ["inputs", "depthwise_kernel", "pointwise_kernel"],
  fields: convFields,
  compute: (x: OperandLike, depthwise: OperandLike, pointwise: OperandLike, options: ConvOptions) => {
    const apart = convolve(x, perChannel(depthwise), options);
    return convolve(apart, asOperand(pointwise), { ...options, strides: 1, padding: "valid" });
  },
});

/** The transpose of a convolution, with a kernel of shape `(...window, filters, channels)`. */
export const convTranspose = /* @__PURE__ */ binary(
  "nn.ConvTranspose",
  (x, kernel, { strides, padding, output_padding, data_format, dilation_rate }) => {
    const weights = asOperand(kernel);
    return inChannelsLast(asDType(x, dtypeOf(weights)), data_format, (image) => {
      const spatial = image.shape.length - 2;
      const steps = stepsOf("strides", strides, spatial);
      const dilation = stepsOf("dilation_rate", dilation_rate, spatial);
      const extra = output_padding === null ? null : stepsOf("output_padding", output_padding, spatial, 0);
      const cut = steps.map((stride, i) =>
        transposePadding((sizeOf(weights, i) - 1) * dilation[i]! + 1, stride, padding, extra?.[i] ?? null),
      );
      return windowPrim("conv_transpose", [image, weights], {
        strides: steps,
        padding: cut,
        dilation,
        groups: 1,
      });
    });
  },
  () => ({
    /** How many times larger each dimension becomes: one number, or one for each. Defaults to 1. */
    strides: optional(integerOrList, 1 as Sizes),
    /** `"valid"`: all that windows reach; `"same"`: as large as the input times the strides. Defaults to "valid". */
    padding: choice("valid", "same")("valid"),
    /** How much longer each dimension is made, less than the strides. Defaults to what the padding asks for. */
    output_padding: optional(nullable(integerOrList), null),
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
    /** Steps from one element of a window to the next: one number, or one for each dimension. Defaults to 1. */
    dilation_rate: optional(integerOrList, 1 as Sizes),
  }),
  CALL,
);

function convolve(x: OperandLike, kernel: Operand, options: ConvOptions): Numeric {
  return inChannelsLast(asDType(x, dtypeOf(kernel)), options.data_format, (image) => {
    const spatial = image.shape.length - 2;
    const strides = stepsOf("strides", options.strides, spatial);
    const dilation = stepsOf("dilation_rate", options.dilation_rate, spatial);
    const spans = strides.map((stride, i) => ({
      extent: (sizeOf(kernel, i) - 1) * dilation[i]! + 1,
      stride,
    }));
    const { x: input, padding } = withPadding(image, options.padding, spans, 0);
    return windowPrim("conv", [input, kernel], {
      strides,
      padding,
      dilation,
      groups: groupsOf(image, kernel),
    });
  });
}

/** How many groups of channels are convolved apart. */
function groupsOf(image: Operand, kernel: Operand): number {
  const channels = image.shape.at(-1);
  const each = kernel.shape.at(-2);
  if (typeof channels !== "number" || typeof each !== "number") return 1;
  if (channels % each === 0) return channels / each;
  throw new ShapeError(
    "conv",
    `expected channels that ${each} (of the kernel) divides, received ${channels}.`,
  );
}

/** A kernel `(...window, channels, multiplier)` as that of a grouped convolution. */
function perChannel(kernel: OperandLike): Operand {
  const shape = dimensions(kernel);
  const [channels, multiplier] = shape.slice(-2);
  if (typeof channels !== "number" || typeof multiplier !== "number")
    throw new ShapeError("kernel", `expected known channels, received ${formatShape(shapeOf(kernel))}.`);
  return reshapeTo(kernel, [...shape.slice(0, -2), 1, channels * multiplier]);
}

function sizeOf(kernel: Operand, axis: number): number {
  const size = kernel.shape[axis];
  if (typeof size === "number") return size;
  throw new ShapeError("conv", `expected a kernel of a known window, received ${formatShape(kernel.shape)}.`);
}

/**
 * What is cut off around the full transpose, in one dimension.
 * Source: Keras 3.6 `backend/common/backend_utils.py`, the padding for JAX.
 */
export function transposePadding(
  extent: number,
  stride: number,
  padding: PaddingName,
  outputPadding: number | null,
): readonly [low: number, high: number] {
  if (padding === "valid") return [0, -(outputPadding ?? Math.max(extent, stride) - extent)];
  const total = outputPadding === null ? stride + extent - 2 : extent + (extent % 2) - 2 + outputPadding;
  const left = Math.min(Math.floor(total / 2) + (total % 2), extent - 1);
  return [extent - 1 - left, extent - 1 - (total - left)];
}
