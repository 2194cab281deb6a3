import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, positiveInt, size } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { separableConv } from "../../ops/convolution.ts";
import type { Operand, Result } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizer, regularizers } from "../../regularizers/field.ts";
import type { Shape } from "../../tensor/shape.ts";
import { channelAxis, dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { knownAxis } from "../last-axis.ts";
import { windowPadding } from "../window-fields.ts";
import { addBias } from "./bias.ts";

function separableFields(rank: number) {
  return {
    /** How many channels are made of each, before they are mixed. */
    depth_multiplier: positiveInt(1),
    /** How many channels come out. */
    filters: positiveInt(),
    /** Size of the window. */
    kernel_size: size(rank)(),
    /** Steps between windows. */
    strides: size(rank)(1),
    /** `valid`: only whole windows; `same`: as many as the input has strides. */
    padding: windowPadding("valid"),
    data_format: dataFormat(),
    /** How far apart the elements are that a window looks at. */
    dilation_rate: size(rank)(1),
    /** Applied to the result. Defaults to none. */
    activation: activation(null),
    /** Whether a bias is added. */
    use_bias: bool(true),
    depthwise_initializer: initializer("glorot_uniform"),
    pointwise_initializer: initializer("glorot_uniform"),
    bias_initializer: initializer("zeros"),
    ...regularizers("depthwise", "pointwise", "bias"),
    activity_regularizer: regularizer(),
    ...constraints("depthwise", "pointwise", "bias"),
  };
}

/**
 * The base of the convolutions in two steps over `rank` dimensions: each channel apart, then all at each place.
 * Source: Keras 3.6 `layers/convolutional/base_separable_conv.py`.
 */
function separable(className: string, rank: number): LayerConstructor<ReturnType<typeof separableFields>> {
  class Made extends kerasLayer(className, separableFields(rank)) {
    declare depthwise_kernel: Variable;
    declare pointwise_kernel: Variable;
    declare bias: Variable | null;
    override inputSpec: InputSpec = { minRank: rank + 2 };

    override build(shape: Shape): void {
      const { depth_multiplier, filters } = this;
      const axis = channelAxis(this.data_format);
      const channels = knownAxis(this, shape, axis);
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
      this.bias = this.use_bias ? this.weight("bias", [filters]) : null;
      this.inputSpec = { minRank: rank + 2, axes: { [axis]: channels } };
    }

    override call(x: Operand): Result {
      const { strides, padding, dilation_rate, data_format } = this;
      const options = { strides, padding, dilation_rate, data_format };
      const outputs = separableConv(x, this.depthwise_kernel, this.pointwise_kernel, options);
      return this.activation(addBias(outputs, this.bias, data_format)) as Result;
    }
  }
  return Made as unknown as LayerConstructor<ReturnType<typeof separableFields>>;
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
