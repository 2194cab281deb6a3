import { positiveInt } from "../../fields/shorthands.ts";
import { depthwiseConv } from "../../ops/convolution.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { kerasLayer, type LayerConstructor, oneTensor } from "../define.ts";
import { windowPadding } from "../window-fields.ts";
import { Convolution } from "./convolution.ts";
import { outputsOf, spacingOf, windowOf } from "./fields.ts";

function depthwiseFields(rank: number) {
  return {
    /** How many channels are made of each. */
    depth_multiplier: positiveInt(1),
    ...windowOf(rank),
    /** `valid`: only whole windows; `same`: as many as the input has strides. */
    padding: windowPadding("valid"),
    ...spacingOf(rank),
    ...outputsOf("depthwise"),
  };
}

/**
 * The base of the convolutions of each channel apart, over `rank` dimensions.
 * Source: Keras 3.6 `layers/convolutional/base_depthwise_conv.py`.
 */
function depthwise(className: string, rank: number): LayerConstructor<ReturnType<typeof depthwiseFields>> {
  class Made extends kerasLayer(className, depthwiseFields(rank), oneTensor, Convolution) {
    static readonly isBase = true;
    declare kernel: Variable;

    protected override makeKernels(channels: number): number {
      this.kernel = this.weight("kernel", [...this.kernel_size, channels, this.depth_multiplier], {
        field: "depthwise",
      });
      return channels * this.depth_multiplier;
    }

    protected override convolve(x: Operand): Numeric {
      const { strides, padding, dilation_rate, data_format } = this;
      return depthwiseConv(x, this.kernel, { strides, padding, dilation_rate, data_format });
    }
  }
  return Made;
}

/**
 * A convolution of each channel on its own over time, from `(batch, steps, channels)` to
 * `(batch, windows, channels * depth_multiplier)`. Source: Keras 3.6 `layers/convolutional/depthwise_conv1d.py`.
 *
 * @example
 * const y = new DepthwiseConv1D({ kernel_size: 3, depth_multiplier: 2 }).apply(Input({ shape: [10, 4] })); // [null, 8, 8]
 */
export class DepthwiseConv1D extends depthwise("DepthwiseConv1D", 1) {}

/**
 * A convolution of each channel on its own over images, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, channels * depth_multiplier)`. Source: Keras 3.6 `layers/convolutional/depthwise_conv2d.py`.
 *
 * @example
 * const y = new DepthwiseConv2D({ kernel_size: 3, padding: "same" }).apply(Input({ shape: [28, 28, 8] }));
 */
export class DepthwiseConv2D extends depthwise("DepthwiseConv2D", 2) {}
