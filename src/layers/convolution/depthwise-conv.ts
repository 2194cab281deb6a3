import { constraint } from "../../constraints/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { depthwiseConv } from "../../ops/convolution.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizer } from "../../regularizers/field.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions, oneTensor } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { windowPadding } from "../window-fields.ts";
import { Convolution } from "./convolution.ts";
import { results, spacingOf, windowOf } from "./fields.ts";

function depthwiseFields(rank: number) {
  return {
    /** How many channels are made of each channel of the input. Defaults to 1. */
    depth_multiplier: positiveInt(1),
    ...windowOf(rank),
    /** `"valid"`: only whole windows; `"same"`: zeros around, so that each stride has a window. Defaults to "valid". */
    padding: windowPadding("valid"),
    ...spacingOf(rank),
    ...results,
    /** What the kernel is filled with when it is made. Defaults to "glorot_uniform". */
    depthwise_initializer: initializer("glorot_uniform"),
    /** What the bias is filled with when it is made. Defaults to "zeros". */
    bias_initializer: initializer("zeros"),
    /** The penalty on the kernel that training adds to the loss. Defaults to none. */
    depthwise_regularizer: regularizer(),
    /** The penalty on the bias that training adds to the loss. Defaults to none. */
    bias_regularizer: regularizer(),
    ...outputPenalty,
    /** What the kernel is made to fulfil after each step of training. Defaults to none. */
    depthwise_constraint: constraint(),
    /** What the bias is made to fulfil after each step of training. Defaults to none. */
    bias_constraint: constraint(),
  };
}

type DepthwiseFields = ReturnType<typeof depthwiseFields>;

/**
 * The base of the convolutions of each channel apart, over `rank` dimensions.
 * Source: Keras 3.6 `layers/convolutional/base_depthwise_conv.py`.
 */
function depthwise(className: string, rank: number): LayerConstructor<DepthwiseFields> {
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

/** What {@link DepthwiseConv1D} takes. */
export interface DepthwiseConv1DOptions extends LayerOptions, OptionsOf<DepthwiseFields> {}

/**
 * A convolution of each channel on its own over time, from `(batch, steps, channels)` to
 * `(batch, windows, channels * depth_multiplier)`. Source: Keras 3.6 `layers/convolutional/depthwise_conv1d.py`.
 *
 * @example
 * const y = new DepthwiseConv1D({ kernel_size: 3, depth_multiplier: 2 }).apply(Input({ shape: [10, 4] })); // [null, 8, 8]
 */
export class DepthwiseConv1D extends depthwise("DepthwiseConv1D", 1)<DepthwiseConv1DOptions> {}

/** What {@link DepthwiseConv2D} takes. */
export interface DepthwiseConv2DOptions extends LayerOptions, OptionsOf<DepthwiseFields> {}

/**
 * A convolution of each channel on its own over images, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, channels * depth_multiplier)`. Source: Keras 3.6 `layers/convolutional/depthwise_conv2d.py`.
 *
 * @example
 * const y = new DepthwiseConv2D({ kernel_size: 3, padding: "same" }).apply(Input({ shape: [28, 28, 8] }));
 */
export class DepthwiseConv2D extends depthwise("DepthwiseConv2D", 2)<DepthwiseConv2DOptions> {}
