import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { bool, positiveInt, size } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { depthwiseConv } from "../../ops/convolution.ts";
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

function depthwiseFields(rank: number) {
  return {
    /** How many channels are made of each. */
    depth_multiplier: positiveInt(1),
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
    bias_initializer: initializer("zeros"),
    ...regularizers("depthwise", "bias"),
    activity_regularizer: regularizer(),
    ...constraints("depthwise", "bias"),
  };
}

/**
 * The base of the convolutions of each channel apart, over `rank` dimensions.
 * Source: Keras 3.6 `layers/convolutional/base_depthwise_conv.py`.
 */
function depthwise(className: string, rank: number): LayerConstructor<ReturnType<typeof depthwiseFields>> {
  class Made extends kerasLayer(className, depthwiseFields(rank)) {
    declare kernel: Variable;
    declare bias: Variable | null;
    override inputSpec: InputSpec = { minRank: rank + 2 };

    override build(shape: Shape): void {
      const axis = channelAxis(this.data_format);
      const channels = knownAxis(this, shape, axis);
      this.kernel = this.weight("kernel", [...this.kernel_size, channels, this.depth_multiplier], {
        field: "depthwise",
      });
      this.bias = this.use_bias ? this.weight("bias", [channels * this.depth_multiplier]) : null;
      this.inputSpec = { minRank: rank + 2, axes: { [axis]: channels } };
    }

    override call(x: Operand): Result {
      const { strides, padding, dilation_rate, data_format } = this;
      const outputs = depthwiseConv(x, this.kernel, { strides, padding, dilation_rate, data_format });
      return this.activation(addBias(outputs, this.bias, data_format)) as Result;
    }
  }
  return Made as unknown as LayerConstructor<ReturnType<typeof depthwiseFields>>;
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
