import { activation } from "../../activations/field.ts";
import { constraints } from "../../constraints/field.ts";
import { ShapeError } from "../../errors.ts";
import type { Field } from "../../fields/field.ts";
import { bool, number, positiveInt, size } from "../../fields/shorthands.ts";
import { initializer } from "../../initializers/field.ts";
import { conv } from "../../ops/convolution.ts";
import type { PaddingName } from "../../ops/window.ts";
import type { Operand, Result } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { regularizer, regularizers } from "../../regularizers/field.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { channelAxis, dataFormat } from "../data-format.ts";
import { kerasLayer, type LayerConstructor } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { knownAxis } from "../last-axis.ts";
import { optionProblem } from "../option-problem.ts";
import { sequencePadding, windowPadding } from "../window-fields.ts";
import { addBias, biasOptions } from "./bias.ts";
import { causalConv } from "./causal-conv.ts";
import { checkStrideOrDilation } from "./stride-or-dilation.ts";

type ConvPadding = PaddingName | "causal";

function convFields<P extends ConvPadding>(rank: number, padding: Field<P, P, false>) {
  return {
    /** How many channels come out. */
    filters: positiveInt(),
    /** Size of the window. */
    kernel_size: size(rank)(),
    /** Steps between windows. */
    strides: size(rank)(1),
    /** `valid`: only whole windows; `same`: as many as the input has strides. */
    padding,
    data_format: dataFormat(),
    /** How far apart the elements are that a window looks at. */
    dilation_rate: size(rank)(1),
    /** Into how many groups the channels are split that are convolved apart. */
    groups: positiveInt(1),
    /** Applied to the result. Defaults to none. */
    activation: activation(null),
    /** Whether a bias is added. */
    use_bias: bool(true),
    kernel_initializer: initializer("glorot_uniform"),
    bias_initializer: initializer("zeros"),
    ...regularizers("kernel", "bias"),
    activity_regularizer: regularizer(),
    ...constraints("kernel", "bias"),
    /** Rank of a low-rank update of the kernel, kept as data. */
    lora_rank: positiveInt(null, { omitIfNull: true }),
    /** Strength of that update, kept as data. */
    lora_alpha: number(null, { omitIfNull: true }),
  };
}

/** The base of the convolutions over `rank` dimensions. Source: Keras 3.6 `layers/convolutional/base_conv.py`. */
function convolution<P extends ConvPadding>(
  className: string,
  rank: number,
  padding: Field<P, P, false>,
): LayerConstructor<ReturnType<typeof convFields<P>>> {
  const Base = kerasLayer(className, convFields(rank, padding));
  class Made extends Base {
    declare kernel: Variable;
    declare bias: Variable | null;
    override inputSpec: InputSpec = { minRank: rank + 2 };

    constructor(...options: ConstructorParameters<typeof Base>) {
      super(...options);
      checkStrideOrDilation(className, this);
      const { filters, groups } = this;
      if (filters % groups === 0) return;
      throw optionProblem(
        className,
        "groups",
        `expected a number that divides the ${filters} filters, received ${groups}.`,
      );
    }

    override build(shape: Shape): void {
      const { filters, groups } = this;
      const axis = channelAxis(this.data_format);
      const channels = knownAxis(this, shape, axis);
      if (channels % groups !== 0) {
        throw this.problem(
          `expected input channels that its ${groups} groups divide, received shape ${formatShape(shape)}.`,
          ShapeError,
        );
      }
      this.kernel = this.addWeight({
        name: "kernel",
        shape: [...this.kernel_size, channels / groups, filters],
        initializer: this.kernel_initializer,
        regularizer: this.kernel_regularizer,
        constraint: this.kernel_constraint,
      });
      this.bias = this.use_bias ? this.addWeight(biasOptions(this, filters)) : null;
      this.inputSpec = { minRank: rank + 2, axes: { [axis]: channels } };
    }

    override call(x: Operand): Result {
      const { strides, padding, dilation_rate, groups, data_format } = this;
      const options = { strides, dilation_rate, data_format };
      const outputs =
        padding === "causal"
          ? causalConv(x, this.kernel, { ...options, groups })
          : conv(x, this.kernel, { ...options, padding });
      return this.activation(addBias(outputs, this.bias, data_format)) as Result;
    }
  }
  return Made as unknown as LayerConstructor<ReturnType<typeof convFields<P>>>;
}

/**
 * A convolution over time: `activation(windows of x · kernel + bias)`, from `(batch, steps, channels)` to
 * `(batch, windows, filters)`. Source: Keras 3.6 `layers/convolutional/conv1d.py`.
 *
 * @example
 * const y = new Conv1D({ filters: 32, kernel_size: 3, padding: "causal" }).apply(Input({ shape: [10, 4] }));
 */
export class Conv1D extends convolution("Conv1D", 1, sequencePadding("valid")) {}

/**
 * A convolution over images: `activation(windows of x · kernel + bias)`, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, filters)`. Source: Keras 3.6 `layers/convolutional/conv2d.py`.
 *
 * @example
 * const y = new Conv2D({ filters: 32, kernel_size: 3, activation: "relu" }).apply(Input({ shape: [28, 28, 1] }));
 */
export class Conv2D extends convolution("Conv2D", 2, windowPadding("valid")) {}

/**
 * A convolution over volumes: `activation(windows of x · kernel + bias)`, from
 * `(batch, depth, height, width, channels)` to `(batch, …, filters)`.
 * Source: Keras 3.6 `layers/convolutional/conv3d.py`.
 *
 * @example
 * const y = new Conv3D({ filters: 8, kernel_size: 3, strides: 2 }).apply(Input({ shape: [16, 16, 16, 1] }));
 */
export class Conv3D extends convolution("Conv3D", 3, windowPadding("valid")) {}
