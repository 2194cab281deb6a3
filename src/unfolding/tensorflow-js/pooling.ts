import type { Layer } from "../../layers/layer.ts";
import * as pools from "../../layers/pooling/index.ts";
import { Reshape } from "../../layers/reshaping/reshape.ts";
import type { Shape } from "../../tensor/shape.ts";
import { shapeOf, withOptions } from "../given.ts";
import { chained, type Row } from "../unfolding.ts";

interface Global extends Layer {
  readonly data_format: "channels_first" | "channels_last";
  readonly keepdims: boolean;
}

/** TensorFlow.js keeps no dimensions: they come back by a Reshape. */
const keeping: Row = (layer: Global, { free }) => {
  const shape = shapeOf(layer);
  if (!layer.keepdims || shape === null) return null;
  const isFirst = layer.data_format === "channels_first";
  const channels = (isFirst ? shape[1] : shape.at(-1)) ?? null;
  if (channels === null) return null;
  const ones = new Array<number>(shape.length - 2).fill(1);
  const target_shape = isFirst ? [channels, ...ones] : [...ones, channels];
  const inner = withOptions(layer, { keepdims: false });
  return chained(
    [inner, new Reshape({ target_shape, name: free(`${layer.name}_kept`) })],
    null,
    "keeps its dimensions by a Reshape now.",
  );
};

/** All places of a volume in one sequence. */
const ofVolumes =
  (Pool: typeof pools.GlobalAveragePooling1D | typeof pools.GlobalMaxPooling1D): Row =>
  (layer: Global, { free }) => {
    const shape = shapeOf(layer);
    const channels = shape?.at(-1) ?? null;
    if (channels === null || layer.data_format === "channels_first" || layer.keepdims) return null;
    const line = new Reshape({
      target_shape: lineOf(shape!, channels),
      name: free(`${layer.name}_sequence`),
    });
    const inner = new Pool({ name: layer.name });
    return chained([line, inner], null, `is a ${Pool.className} now, on all places in one sequence.`);
  };

function lineOf(shape: Shape, channels: number): readonly number[] {
  const places = shape.slice(1, -1).reduce<number>((product, size) => product * (size ?? Number.NaN), 1);
  return [Number.isNaN(places) ? -1 : places, channels];
}

export const pooling: Readonly<Record<string, Row>> = {
  GlobalAveragePooling1D: keeping,
  GlobalAveragePooling2D: keeping,
  GlobalAveragePooling3D: ofVolumes(pools.GlobalAveragePooling1D),
  GlobalMaxPooling1D: keeping,
  GlobalMaxPooling2D: keeping,
  GlobalMaxPooling3D: ofVolumes(pools.GlobalMaxPooling1D),
};
