import type { Activation } from "../../activations/activation.ts";
import type { Numeric, Operand } from "../../program/emit.ts";
import type { Variable } from "../../program/variable.ts";
import type { Shape } from "../../tensor/shape.ts";
import { channelAxis, type DataFormat } from "../data-format.ts";
import type { OneTensor } from "../define.ts";
import type { InputSpec } from "../input-spec.ts";
import { knownAxis } from "../last-axis.ts";
import { Layer } from "../layer.ts";
import { addBias } from "./bias.ts";

/** What all convolutions do: kernels for the channels there are, and a bias and a function for what windows give. */
export abstract class Convolution extends Layer<OneTensor> {
  declare readonly kernel_size: readonly number[];
  declare readonly data_format: DataFormat;
  declare readonly activation: Activation;
  declare readonly use_bias: boolean;
  declare bias: Variable | null;

  override inputSpec: InputSpec = { minRank: this.#rank };

  /** Makes the kernels for an input, and says how many channels come out. */
  protected abstract makeKernels(channels: number, shape: Shape): number;

  /** What the windows give, without a bias. */
  protected abstract convolve(x: Operand): Numeric;

  override build(shape: Shape): void {
    const axis = channelAxis(this.data_format);
    const channels = knownAxis(this, shape, axis);
    const filters = this.makeKernels(channels, shape);
    this.bias = this.use_bias ? this.weight("bias", [filters]) : null;
    this.inputSpec = { minRank: this.#rank, axes: { [axis]: channels } };
  }

  override call(x: Operand): Numeric {
    return this.activation(addBias(this.convolve(x), this.bias, this.data_format));
  }

  /** The rank of its input: batch, dimensions of the window, channels. */
  get #rank(): number {
    return this.kernel_size.length + 2;
  }
}
