import { ShapeError } from "../../errors.ts";
import type { Field, OptionsOf } from "../../fields/field.ts";
import { number, positiveInt } from "../../fields/shorthands.ts";
import { conv } from "../../ops/convolution.ts";
import type { PaddingName } from "../../ops/window.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { formatShape, type Shape } from "../../tensor/shape.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions, oneTensor } from "../define.ts";
import { optionProblem } from "../option-problem.ts";
import { sequencePadding, windowPadding } from "../window-fields.ts";
import { causalConv } from "./causal-conv.ts";
import { Convolution } from "./convolution.ts";
import { channelsOut, outputs, spacingOf, windowOf } from "./fields.ts";
import { checkStrideOrDilation } from "./stride-or-dilation.ts";

type ConvPadding = PaddingName | "causal";

function convFields<P extends ConvPadding>(rank: number, padding: Field<P, P, false>) {
  return {
    ...channelsOut,
    ...windowOf(rank),
    /**
     * `"valid"`: only whole windows; `"same"`: zeros around, so that each stride has a window; `"causal"` (in one
     * dimension): zeros before only, so that no window sees a later step. Defaults to "valid".
     */
    padding,
    ...spacingOf(rank),
    /** Into how many groups the channels are split that are convolved apart; divides them and the filters. Defaults to 1. */
    groups: positiveInt(1),
    ...outputs,
    /** The rank of a low-rank update of the kernel, kept as data. Defaults to none. */
    lora_rank: positiveInt(null, { omitIfDefault: true }),
    /** The strength of that update, kept as data. Defaults to `lora_rank`. */
    lora_alpha: number(null, { omitIfDefault: true }),
  };
}

type ConvFields<P extends ConvPadding> = ReturnType<typeof convFields<P>>;

/** The base of the convolutions over `rank` dimensions. Source: Keras 3.6 `layers/convolutional/base_conv.py`. */
function convolution<P extends ConvPadding>(
  className: string,
  rank: number,
  padding: Field<P, P, false>,
): LayerConstructor<ConvFields<P>> {
  const Base = kerasLayer(className, convFields(rank, padding), oneTensor, Convolution);
  class Made extends Base {
    static readonly isBase = true;
    declare kernel: Variable;

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

    protected override makeKernels(channels: number, shape: Shape): number {
      const { filters, groups } = this;
      if (channels % groups !== 0) {
        throw this.problem(
          `expected input channels that its ${groups} groups divide, received shape ${formatShape(shape)}.`,
          ShapeError,
        );
      }
      this.kernel = this.weight("kernel", [...this.kernel_size, channels / groups, filters]);
      return filters;
    }

    protected override convolve(x: Operand): Numeric {
      const { strides, padding, dilation_rate, groups, data_format } = this;
      return padding === "causal"
        ? causalConv(x, this.kernel, { strides, dilation_rate, data_format, groups })
        : conv(x, this.kernel, { strides, dilation_rate, data_format, padding });
    }
  }
  return Made;
}

/** What {@link Conv1D} takes. */
export interface Conv1DOptions extends LayerOptions, OptionsOf<ConvFields<ConvPadding>> {}

/**
 * A convolution over time: `activation(windows of x · kernel + bias)`, from `(batch, steps, channels)` to
 * `(batch, windows, filters)`. Source: Keras 3.6 `layers/convolutional/conv1d.py`.
 *
 * @example
 * const y = new Conv1D({ filters: 32, kernel_size: 3, padding: "causal" }).apply(Input({ shape: [10, 4] }));
 */
export class Conv1D extends convolution("Conv1D", 1, sequencePadding("valid"))<Conv1DOptions> {}

/** What {@link Conv2D} takes. */
export interface Conv2DOptions extends LayerOptions, OptionsOf<ConvFields<PaddingName>> {}

/**
 * A convolution over images: `activation(windows of x · kernel + bias)`, from `(batch, height, width, channels)` to
 * `(batch, rows, columns, filters)`. Source: Keras 3.6 `layers/convolutional/conv2d.py`.
 *
 * @example
 * const y = new Conv2D({ filters: 32, kernel_size: 3, activation: "relu" }).apply(Input({ shape: [28, 28, 1] }));
 */
export class Conv2D extends convolution("Conv2D", 2, windowPadding("valid"))<Conv2DOptions> {}

/** What {@link Conv3D} takes. */
export interface Conv3DOptions extends LayerOptions, OptionsOf<ConvFields<PaddingName>> {}

/**
 * A convolution over volumes: `activation(windows of x · kernel + bias)`, from
 * `(batch, depth, height, width, channels)` to `(batch, …, filters)`.
 * Source: Keras 3.6 `layers/convolutional/conv3d.py`.
 *
 * @example
 * const y = new Conv3D({ filters: 8, kernel_size: 3, strides: 2 }).apply(Input({ shape: [16, 16, 16, 1] }));
 */
export class Conv3D extends convolution("Conv3D", 3, windowPadding("valid"))<Conv3DOptions> {}
