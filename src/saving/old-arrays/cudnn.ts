import type { Layer } from "../../layers/layer.ts";
import { type CudnnLayer, fromCudnn } from "../cudnn-weights.ts";
import type { NamedArray } from "../layer-weights.ts";
import { computed } from "./computed.ts";
import { className } from "./kernels.ts";

/** Whose arrays a layer may have. */
const layers: Readonly<Record<string, CudnnLayer>> = { GRU: "CuDNNGRU", LSTM: "CuDNNLSTM" };

/**
 * The arrays of a recurrent layer as it has them, where those of the file are of the layer that only cuDNN computed:
 * it has two biases for each gate, in one row.
 */
export function ofCudnn(layer: Layer, arrays: readonly NamedArray[]): readonly NamedArray[] {
  const cudnn = Object.hasOwn(layers, className(layer)) ? layers[className(layer)] : undefined;
  const [kernel, recurrent, bias, ...others] = arrays;
  if (!cudnn || !kernel || !recurrent || !bias || others.length > 0) return arrays;
  const [width = 0] = recurrent.array.shape.slice(-1);
  const [length] = bias.array.shape;
  if (bias.array.shape.length !== 1 || length !== 2 * width) return arrays;
  const shapes = [kernel.array.shape, recurrent.array.shape, cudnn === "CuDNNGRU" ? [2, width] : [width]];
  return shapes.map((shape, i) =>
    computed([kernel, recurrent, bias], shape, ([first, second, third]) => {
      return fromCudnn(cudnn, [first, second!, third!])[i]!;
    }),
  );
}
