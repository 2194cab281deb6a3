import type { KerasTensor } from "../../graph/graph.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { Concatenate } from "./concatenate.ts";
import { Dot } from "./dot.ts";
import { Add, Average, Maximum, Minimum, Multiply, Subtract } from "./elementwise.ts";

interface MergeOptions {
  readonly name?: string;
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
  (options: MergeOptions & { readonly axis?: number }) => new Concatenate(options),
);
export const dot = /* @__PURE__ */ functionOf(
  ({
    axes = -1,
    ...options
  }: MergeOptions & { readonly axes?: number | readonly number[]; readonly normalize?: boolean }) =>
    new Dot({ axes, ...options }),
);
