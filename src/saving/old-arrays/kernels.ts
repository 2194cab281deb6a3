import type { Layer } from "../../layers/layer.ts";
import type { NamedArray } from "../layer-weights.ts";
import { permuted, reversed, without } from "./computed.ts";

/** How many dimensions a layer's kernels move along, where Theano turned them around. */
const turning: Readonly<Record<string, number>> = {
  Conv1D: 1,
  Conv2D: 2,
  Conv2DTranspose: 2,
  Conv3D: 3,
  ConvLSTM2D: 2,
};

/** The arrays of a convolution as Theano had them, which computed with kernels back to front. */
export function ofTheano(layer: Layer, arrays: readonly NamedArray[]): readonly NamedArray[] {
  const dimensions = turning[className(layer)];
  if (dimensions === undefined) return arrays;
  return arrays.map((array) => (isKernel(array, dimensions) ? reversed(array, dimensions) : array));
}

function isKernel({ array }: NamedArray, dimensions: number): boolean {
  return array.shape.length === dimensions + 2;
}

/** By class: the order of a kernel's dimensions in Keras 1, with the channels in front and behind. */
const orders: Readonly<
  Record<string, { readonly first: readonly number[]; readonly last?: readonly number[] }>
> = {
  Conv2D: { first: [2, 3, 1, 0] },
  Conv2DTranspose: { first: [2, 3, 0, 1], last: [0, 1, 3, 2] },
  Conv3D: { first: [2, 3, 4, 1, 0] },
  ConvLSTM2D: { first: [2, 3, 1, 0] },
  SeparableConv2D: { first: [2, 3, 1, 0] },
};

/** The arrays of a layer that has kernels, as Keras 1 had them, in the order of dimensions that they have now. */
export function withOrder(layer: Layer, arrays: readonly NamedArray[]): readonly NamedArray[] {
  if (className(layer) === "Conv1D") return arrays.map((array) => ofOneDimension(layer, array));
  const order = orders[className(layer)];
  if (!order) return arrays;
  const perm =
    (layer as { data_format?: unknown }).data_format === "channels_first" ? order.first : order.last;
  return perm ? arrays.map((array) => permuted(array, perm)) : arrays;
}

/** Kernels of one dimension had two: `(length, 1, channels, filters)`, at first `(filters, channels, length, 1)`. */
function ofOneDimension(layer: Layer, source: NamedArray): NamedArray {
  const { shape } = source.array;
  if (shape.length !== 4) return source;
  const { kernel_size: size = [], filters } = layer as { kernel_size?: readonly number[]; filters?: number };
  const isUsual = shape[0] === size[0] && shape[1] === 1 && shape[3] === filters;
  return without(isUsual ? source : permuted(source, [2, 3, 1, 0]), 1);
}

export function className(layer: Layer): string {
  return (layer.constructor as { className?: string }).className ?? "";
}
