import type { Conv1D } from "../../layers/convolution/index.ts";
import type { Layer } from "../../layers/layer.ts";
import { Cropping2D, Reshape, UpSampling2D, ZeroPadding2D } from "../../layers/reshaping/index.ts";
import { shapeOf, withOptions } from "../given.ts";
import { chained, type Row, type Target } from "../unfolding.ts";

interface OnLine extends Layer {
  readonly data_format?: "channels_first" | "channels_last" | null;
}

/** What TensorFlow.js has for images only: a sequence is an image one wide. */
const lineAs =
  (make: (layer: never, name: string) => Layer): Row =>
  (layer: OnLine, target) => {
    const channels = shapeOf(layer)?.[2] ?? null;
    if (channels === null || layer.data_format === "channels_first") return null;
    const inner = make(layer as never, layer.name);
    const layers = asImage(inner, channels, channels, target);
    return chained(layers, null, `is a ${inner.constructor.className} now, on sequences as images one wide.`);
  };

/** A layer of images on a sequence: so many channels go in, and so many come out. */
export function asImage(inner: Layer, channels: number, made: number, { free }: Target): readonly Layer[] {
  const image = new Reshape({ target_shape: [-1, 1, channels], name: free(`${inner.name}_image`) });
  return [image, inner, new Reshape({ target_shape: [-1, made], name: free(`${inner.name}_sequence`) })];
}

type Pair = readonly [number, number];

/** A convolution that sees nothing that comes later. */
const causal: Row = (layer: Conv1D, target) => {
  const channels = shapeOf(layer)?.[2] ?? null;
  if (layer.padding !== "causal" || channels === null) return null;
  const [size = 1] = layer.kernel_size;
  const [rate = 1] = layer.dilation_rate;
  const padding: readonly [Pair, Pair] = [
    [(size - 1) * rate, 0],
    [0, 0],
  ];
  const name = target.free(`${layer.name}_padding`);
  const before = asImage(new ZeroPadding2D({ padding, name }), channels, channels, target);
  const inner = withOptions(layer, { padding: "valid" });
  return chained([...before, inner], inner, "pads in front by a ZeroPadding2D now.");
};

export const lines: Readonly<Record<string, Row>> = {
  Conv1D: causal,
  Cropping1D: lineAs(
    ({ cropping }: { cropping: Pair }, name) => new Cropping2D({ cropping: [cropping, [0, 0]], name }),
  ),
  UpSampling1D: lineAs(({ size }: { size: number }, name) => new UpSampling2D({ size: [size, 1], name })),
  ZeroPadding1D: lineAs(
    ({ padding }: { padding: Pair }, name) => new ZeroPadding2D({ padding: [padding, [0, 0]], name }),
  ),
};
