import { positiveInt } from "../../fields/shorthands.ts";
import { separableConv } from "../../ops/convolution.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { kerasLayer, type LayerConstructor, oneTensor } from "../define.ts";
import { windowPadding } from "../window-fields.ts";
import { Convolution } from "./convolution.ts";
import { outputsOf, spacingOf, windowOf } from "./fields.ts";

function separableFields(rank: number) {
  return {
    /** How many channels are made of each, before they are mixed. */
    depth_multiplier: positiveInt(1),
    /** How many channels come out. */
    filters: positiveInt(),
    ...windowOf(rank),
    /** `valid`: only whole windows; `same`: as many as the input has strides. */
    padding: windowPadding("valid"),
    ...spacingOf(rank),
    ...outputsOf("depthwise", "pointwise"),
  };
}

/**
 * The base of the convolutions in two steps over `rank` dimensions: each channel apart, then all at each place.
 * Source: Keras 3.6 `layers/convolutional/base_separable_conv.py`.
 */
function separable(className: string, rank: number): LayerConstructor<ReturnType<typeof separableFields>> {
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

/**
 * A convolution over time in two cheap steps, from `(batch, steps, channels)` to `(batch, windows, filters)`.
 * Source: Keras 3.6 `layers/convolutional/separable_conv1d.py`.
 *
 * @example
 * const y = new SeparableConv1D({ filters: 16, kernel_size: 3 }).apply(Input({ shape: [10, 4] })); // [null, 8, 16]
 */
export class SeparableConv1D extends separable("SeparableConv1D", 1) {}

/**
 * A convolution over images in two cheap steps, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, filters)`. Source: Keras 3.6 `layers/convolutional/separable_conv2d.py`.
 *
 * @example
 * const y = new SeparableConv2D({ filters: 16, kernel_size: 3 }).apply(Input({ shape: [28, 28, 8] })); // [null, 26, 26, 16]
 */
export class SeparableConv2D extends separable("SeparableConv2D", 2) {}
