import type { Layer } from "../layers/layer.ts";
import * as pooling from "../layers/pooling/index.ts";
import { chained, type Row } from "./unfolding.ts";

interface Adaptive extends Layer {
  readonly output_size: readonly number[];
  readonly data_format: "channels_first" | "channels_last";
}

interface PoolingClass {
  new (options: object): Layer;
  readonly className: string;
}

/** Windows that all have one size, where the sizes are known and multiples of those asked for. */
const byWindows =
  (Pooling: unknown): Row =>
  (layer: Adaptive) => {
    const { output_size, data_format, name, trainable, dtype_policy: dtype, inboundNodes } = layer;
    const first = data_format === "channels_first" ? 2 : 1;
    const windows = output_size.map((size, i) => {
      const known = new Set(inboundNodes.map(({ inputs: [x] }) => x?.shape[first + i] ?? null));
      const [length = null] = known;
      return known.size === 1 && length !== null && length % size === 0 ? length / size : null;
    });
    if (windows.length === 0 || windows.includes(null)) return null;
    const Class = Pooling as PoolingClass;
    const options = { name, trainable, dtype, pool_size: windows, data_format };
    return chained([new Class(options)], null, `is ${Class.className} now, with windows of one size.`);
  };

/** Pooling to a size that is given, by class. */
export const adaptivePooling: Readonly<Record<string, Row>> = {
  AdaptiveAveragePooling1D: byWindows(pooling.AveragePooling1D),
  AdaptiveAveragePooling2D: byWindows(pooling.AveragePooling2D),
  AdaptiveAveragePooling3D: byWindows(pooling.AveragePooling3D),
  AdaptiveMaxPooling1D: byWindows(pooling.MaxPooling1D),
  AdaptiveMaxPooling2D: byWindows(pooling.MaxPooling2D),
  AdaptiveMaxPooling3D: byWindows(pooling.MaxPooling3D),
};
