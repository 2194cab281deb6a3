import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import * as convolution from "../../layers/convolution/index.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Variable } from "../../program/variable.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { shapeOf } from "../given.ts";
import { chained, type Move, type Row } from "../unfolding.ts";
import { asImage } from "./lines.ts";

interface Line extends Layer {
  readonly data_format: "channels_first" | "channels_last";
  readonly padding: string;
}

interface ImageClass {
  readonly className: string;
  readonly fields: object;
  fromConfig(config: object): Layer;
}

/** A convolution of sequences is one of images one wide, by kernels one wide. */
const ofImages =
  (Image: ImageClass, { squareStrides }: { readonly squareStrides: boolean }): Row =>
  (layer: Line, target) => {
    const channels = shapeOf(layer)?.[2] ?? null;
    const isWide = layer.data_format === "channels_first" || layer.padding === "causal";
    if (channels === null || isWide) return null;
    // Files have keys of theirs that only other convolutions have.
    const own = layer.getConfig();
    const known = Object.entries(own).filter(([key]) => Object.hasOwn(Image.fields, key));
    const config: JsonObject = Object.fromEntries(known);
    const oneWide = (key: string): JsonValue[] => [[config[key] ?? 1].flat()[0]!, 1];
    const [stride = 1] = oneWide("strides");
    const image: JsonObject = {
      ...config,
      kernel_size: oneWide("kernel_size"),
      strides: [stride, squareStrides ? stride : 1],
      dilation_rate: oneWide("dilation_rate"),
    };
    copyMarks(own, image);
    const inner = Image.fromConfig(image);
    const [{ outputs: [output] = [] } = {}] = layer.inboundNodes;
    const filters = output?.shape[2] ?? null;
    if (filters === null) return null;
    const layers = asImage(inner, channels, filters, target);
    const says = `is a ${Image.className} now, on sequences as images one wide.`;
    return { ...chained(layers, null, says), moves: () => moved(layer, inner) };
  };

/** Kernels get an axis of length 1 behind their first. */
function moved(layer: Layer, inner: Layer): readonly Move[] {
  return layer.weights.map((from, i) => [
    from,
    inner.weights[i] as Variable,
    (value) => widened(value, inner.weights[i]!),
  ]);
}

function widened({ dtype, data }: Tensor, { shape }: Variable): Tensor {
  return new Tensor(dtype, shape, data);
}

/** Those of each channel have strides that are alike in both directions; an image one wide has one place for any. */
const square = { squareStrides: true };

export const convolutions: Readonly<Record<string, Row>> = {
  Conv1DTranspose: ofImages(convolution.Conv2DTranspose as never, { squareStrides: false }),
  DepthwiseConv1D: ofImages(convolution.DepthwiseConv2D as never, square),
  SeparableConv1D: ofImages(convolution.SeparableConv2D as never, square),
};
