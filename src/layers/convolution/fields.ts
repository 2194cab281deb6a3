import { activation } from "../../activations/field.ts";
import { bool, positiveInt, size } from "../../fields/shorthands.ts";
import { dataFormat } from "../data-format.ts";
import { kernelAndBias, kernelAndBiasLimits, outputPenalty } from "../weight-fields.ts";

/** How many channels a convolution gives. */
export const channelsOut = {
  /** How many channels come out, each from a kernel of its own. */
  filters: positiveInt(),
};

/** The windows of a convolution over `rank` dimensions. */
export function windowOf(rank: number) {
  return {
    /** Size of the window: one number for all dimensions, or one for each. */
    kernel_size: size(rank)(),
    /** Steps from one window to the next: one number for all dimensions, or one for each. Defaults to 1. */
    strides: size(rank)(1),
  };
}

/** Where the elements of a window are. */
export function spacingOf(rank: number) {
  return {
    /** Where the channels are: `"channels_first"` is right behind the batch. Defaults to "channels_last". */
    data_format: dataFormat(),
    /** Steps from one element of a window to the next: one number, or one for each dimension. Defaults to 1. */
    dilation_rate: size(rank)(1),
  };
}

/** What becomes of the sums over windows. */
export const results = {
  /** The function that is applied to the sums over windows. Defaults to none. */
  activation: activation(null),
  /** Whether a bias for each channel is added before the activation. Defaults to true. */
  use_bias: bool(true),
};

/** What becomes of the sums over windows, and the rules of the weights, of a convolution with one kernel. */
export const outputs = { ...results, ...kernelAndBias, ...outputPenalty, ...kernelAndBiasLimits };
