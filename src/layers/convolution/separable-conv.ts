import { constraint } from "../../constraints/field.ts";
import type { OptionsOf } from "../../fields/field.ts";
import { positiveInt } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { separableConv } from "../../ops/convolution.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizer } from "../../regularizers/field.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions, oneTensor } from "../define.ts";
import { outputPenalty } from "../weight-fields.ts";
import { windowPadding } from "../window-fields.ts";
import { Convolution } from "./convolution.ts";
import { channelsOut, results, spacingOf, windowOf } from "./fields.ts";

function separableFields(rank: number) {
  return {
    /** How many channels are made of each channel of the input, before they are mixed. Defaults to 1. */
    depth_multiplier: positiveInt(1),
    ...channelsOut,
    ...windowOf(rank),
    /** `"valid"`: only whole windows; `"same"`: zeros around, so that each stride has a window. Defaults to "valid". */
    padding: windowPadding("valid"),
    ...spacingOf(rank),
    ...results,
    /** What the kernel of the windows is filled with when it is made. Defaults to "glorot_uniform". */
    depthwise_initializer: initializer("glorot_uniform"),
    /** What the kernel that mixes channels is filled with when it is made. Defaults to "glorot_uniform". */
    pointwise_initializer: initializer("glorot_uniform"),
    /** What the bias is filled with when it is made. Defaults to "zeros". */
    bias_initializer: initializer("zeros"),
    /** The penalty on the kernel of the windows that training adds to the loss. Defaults to none. */
    depthwise_regularizer: regularizer(),
    /** The penalty on the kernel that mixes channels that training adds to the loss. Defaults to none. */
    pointwise_regularizer: regularizer(),
    /** The penalty on the bias that training adds to the loss. Defaults to none. */
    bias_regularizer: regularizer(),
    ...outputPenalty,
    /** What the kernel of the windows is made to fulfil after each step of training. Defaults to none. */
    depthwise_constraint: constraint(),
    /** What the kernel that mixes channels is made to fulfil after each step of training. Defaults to none. */
    pointwise_constraint: constraint(),
    /** What the bias is made to fulfil after each step of training. Defaults to none. */
    bias_constraint: constraint(),
  };
}

type SeparableFields = ReturnType<typeof separableFields>;

/**
 * The base of the convolutions in two steps over `rank` dimensions: each channel apart, then all at each place.
 * Source: Keras 3.6 `layers/convolutional/base_separable_conv.py`.
 */
function separable(className: string, rank: number): LayerConstructor<SeparableFields> {
  class Made extends kerasLayer(className, separableFields(rank), oneTensor, Convolution) {
    static readonly isBase = true;
    declare depthwise_kernel: Variable;
    declare pointwise_kernel: Variable;

    protected override makeKernels(channels: number): number {
      const { depth_multiplier, filters } = this;
      this.depthwise_kernel = this.weight(
        "depthwise_kernel",
        [...this.kernel_size, channels, depth_multiplier],
        { field: "depthwise" },
      );
      this.pointwise_kernel = this.weight(
        "pointwise_kernel",
        [...this.kernel_size.map(() => 1), channels * depth_multiplier, filters],
        { field: "pointwise" },
      );
      return filters;
    }

    protected override convolve(x: Operand): Numeric {
      const { strides, padding, dilation_rate, data_format } = this;
      const options = { strides, padding, dilation_rate, data_format };
      return separableConv(x, this.depthwise_kernel, this.pointwise_kernel, options);
    }
  }
  return Made;
}

/** What {@link SeparableConv1D} takes. */
export interface SeparableConv1DOptions extends LayerOptions, OptionsOf<SeparableFields> {}

/**
 * A convolution over time in two cheap steps, from `(batch, steps, channels)` to `(batch, windows, filters)`.
 * Source: Keras 3.6 `layers/convolutional/separable_conv1d.py`.
 *
 * @example
 * const y = new SeparableConv1D({ filters: 16, kernel_size: 3 }).apply(Input({ shape: [10, 4] })); // [null, 8, 16]
 */
export class SeparableConv1D extends separable("SeparableConv1D", 1)<SeparableConv1DOptions> {}

/** What {@link SeparableConv2D} takes. */
export interface SeparableConv2DOptions extends LayerOptions, OptionsOf<SeparableFields> {}

/**
 * A convolution over images in two cheap steps, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, filters)`. Source: Keras 3.6 `layers/convolutional/separable_conv2d.py`.
 *
 * @example
 * const y = new SeparableConv2D({ filters: 16, kernel_size: 3 }).apply(Input({ shape: [28, 28, 8] })); // [null, 26, 26, 16]
 */
export class SeparableConv2D extends separable("SeparableConv2D", 2)<SeparableConv2DOptions> {}
