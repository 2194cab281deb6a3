import type { KerasTensor } from "../../graph/graph.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Concatenate } from "./concatenate.ts";
import { Dot } from "./dot.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "./elementwise.ts";

interface MergeOptions {
  /** The layer's name. Defaults to one made of the class's name, such as `add_1`. */
  readonly name?: string;
}

interface ConcatenateFunctionOptions extends MergeOptions {
  /** The axis they are joined along. Defaults to -1. */
  readonly axis?: number;
}

interface DotFunctionOptions extends MergeOptions {
  /** The axis that is summed over: one number for both tensors, or one for each; not the batch, 0. Defaults to -1. */
  readonly axes?: number | readonly number[];
  /** Whether both are first brought to length 1, so that the result is their cosine. Defaults to false. */
  readonly normalize?: boolean;
}

interface MergeLayer {
  apply<R>(inputs: readonly KerasTensor[] | readonly Tensor[]): R;
}

/** `keras.layers.add` and its like: a new layer, called on a list of tensors. */
function functionOf<O extends object>(make: (options: O) => MergeLayer) {
  return <T extends KerasTensor | Tensor>(inputs: readonly T[], options: O = {} as O): T =>
    make(options).apply<T>(inputs as readonly Tensor[]);
}

export const add = /* @__PURE__ */ functionOf((options: MergeOptions) => new Add(options));
export const subtract = /* @__PURE__ */ functionOf((options: MergeOptions) => new Subtract(options));
export const multiply = /* @__PURE__ */ functionOf((options: MergeOptions) => new Multiply(options));
export const average = /* @__PURE__ */ functionOf((options: MergeOptions) => new Average(options));
export const maximum = /* @__PURE__ */ functionOf((options: MergeOptions) => new Maximum(options));
export const minimum = /* @__PURE__ */ functionOf((options: MergeOptions) => new Minimum(options));
export const concatenate = /* @__PURE__ */ functionOf(
  (options: ConcatenateFunctionOptions) => new Concatenate(options),
);
export const dot = /* @__PURE__ */ functionOf(
  ({ axes = -1, ...options }: DotFunctionOptions) => new Dot({ axes, ...options }),
);
