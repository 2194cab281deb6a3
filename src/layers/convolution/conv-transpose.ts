import type { OptionsOf } from "../../fields/field.ts";
import { size } from "../../fields/shorthands.ts";
import { inspect } from "../../json/inspect.ts";
import { convTranspose } from "../../ops/convolution.ts";
import { pairs } from "../../pairs.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import { kerasLayer, type LayerConstructor, type LayerOptions, oneTensor } from "../define.ts";
import { optionProblem } from "../option-problem.ts";
import { windowPadding } from "../window-fields.ts";
import { Convolution } from "./convolution.ts";
import { channelsOut, outputs, spacingOf, windowOf } from "./fields.ts";
import { checkStrideOrDilation } from "./stride-or-dilation.ts";

function transposeFields(rank: number) {
  return {
    ...channelsOut,
    ...windowOf(rank),
    /** `"valid"`: all that windows reach; `"same"`: as large as the input times the strides. Defaults to "valid". */
    padding: windowPadding("valid"),
    /** How much longer each dimension is made, less than the strides. Defaults to what the padding asks for. */
    output_padding: size(rank, 0)(null, { since: "3.15" }),
    ...spacingOf(rank),
    ...outputs,
  };
}

type TransposeFields = ReturnType<typeof transposeFields>;

/**
 * The base of the transposed convolutions over `rank` dimensions.
 * Source: Keras 3.6 `layers/convolutional/base_conv_transpose.py`.
 */
function transposed(className: string, rank: number): LayerConstructor<TransposeFields> {
  const Base = kerasLayer(className, transposeFields(rank), oneTensor, Convolution);
  class Made extends Base {
    static readonly isBase = true;
    declare kernel: Variable;

    constructor(...options: ConstructorParameters<typeof Base>) {
      super(...options);
      checkStrideOrDilation(className, this);
      const { output_padding: extra, strides } = this;
      if (extra === null || pairs(extra, strides).every(([n, stride]) => n < stride)) return;
      throw optionProblem(
        className,
        "output_padding",
        `expected less than the strides ${inspect(strides)}, received ${inspect(extra)}.`,
      );
    }

    protected override makeKernels(channels: number): number {
      this.kernel = this.weight("kernel", [...this.kernel_size, this.filters, channels]);
      return this.filters;
    }

    protected override convolve(x: Operand): Numeric {
      const { strides, padding, output_padding, dilation_rate, data_format } = this;
      const options = { strides, padding, output_padding, dilation_rate, data_format };
      return convTranspose(x, this.kernel, options);
    }
  }
  return Made;
}

/** What {@link Conv1DTranspose} takes. */
export interface Conv1DTransposeOptions extends LayerOptions, OptionsOf<TransposeFields> {}

/**
 * The transpose of a convolution over time, which lengthens: `(batch, steps, channels)` to
 * `(batch, more steps, filters)`. Source: Keras 3.6 `layers/convolutional/conv1d_transpose.py`.
 *
 * @example
 * const y = new Conv1DTranspose({ filters: 8, kernel_size: 3, strides: 2, padding: "same" }).apply(Input({ shape: [5, 4] }));
 */
export class Conv1DTranspose extends transposed("Conv1DTranspose", 1)<Conv1DTransposeOptions> {}

/** What {@link Conv2DTranspose} takes. */
export interface Conv2DTransposeOptions extends LayerOptions, OptionsOf<TransposeFields> {}

/**
 * The transpose of a convolution over images, which enlarges: `(batch, height, width, channels)` to
 * `(batch, more rows, more columns, filters)`. Source: Keras 3.6 `layers/convolutional/conv2d_transpose.py`.
 *
 * @example
 * const y = new Conv2DTranspose({ filters: 8, kernel_size: 3, strides: 2 }).apply(Input({ shape: [7, 7, 4] })); // [null, 15, 15, 8]
 */
export class Conv2DTranspose extends transposed("Conv2DTranspose", 2)<Conv2DTransposeOptions> {}

/** What {@link Conv3DTranspose} takes. */
export interface Conv3DTransposeOptions extends LayerOptions, OptionsOf<TransposeFields> {}

/**
 * The transpose of a convolution over volumes, which enlarges: `(batch, depth, height, width, channels)` to a larger
 * one with `filters` channels. Source: Keras 3.6 `layers/convolutional/conv3d_transpose.py`.
 *
 * @example
 * const y = new Conv3DTranspose({ filters: 2, kernel_size: 2, strides: 2 }).apply(Input({ shape: [4, 4, 4, 3] }));
 */
export class Conv3DTranspose extends transposed("Conv3DTranspose", 3)<Conv3DTransposeOptions> {}
