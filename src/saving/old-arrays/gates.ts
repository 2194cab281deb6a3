import type { Layer } from "../../layers/layer.ts";
import type { NamedArray } from "../layer-weights.ts";
import { joined } from "./computed.ts";
import { className } from "./kernels.ts";

/** Which gates a layer has today, by their places in Keras 1, which had three arrays for each. */
const gates: Readonly<Record<string, readonly number[]>> = {
  ConvLSTM2D: [0, 2, 1, 3],
  GRU: [0, 1, 2],
  LSTM: [0, 2, 1, 3],
};

/** How many of the next arrays are a recurrent layer's whose gates have their own; 0 where they are together. */
export function gatesApart(layer: Layer, next: NamedArray | undefined): number {
  const own = gates[className(layer)];
  return own && next && /_W_[a-z](?::0)?$/.test(next.name) ? 3 * own.length : 0;
}

/** The kernel, the recurrent kernel and the bias of a layer whose gates have their own. */
export function gatesTogether(layer: Layer, arrays: readonly NamedArray[]): readonly NamedArray[] {
  const own = gates[className(layer)];
  if (!own || arrays.length !== 3 * own.length) return arrays;
  return [0, 1, 2].map((part) => {
    const [first, ...others] = own.map((gate) => arrays[3 * gate + part]!) as [NamedArray, ...NamedArray[]];
    return joined([first, ...others]);
  });
}
