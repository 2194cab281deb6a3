import type { Pool } from "../../program/primitives.ts";
import { sizeOf } from "../../tensor/shape.ts";
import { allocate, type KernelWith, numbers, result, staticShape } from "./kernel.ts";
import { forEachTap, spatialOf, threeOf } from "./window.ts";

function pool(kind: "max" | "average"): KernelWith<Pool> {
  return ([x], { window, strides, padding }: Pool, [spec]) => {
    const shape = staticShape(spec!.shape);
    const spatial = window.length;
    const walk = {
      size: spatialOf(x!.shape, 1, spatial),
      window: threeOf(window, 1),
      strides: threeOf(strides, 1),
      dilation: [1, 1, 1] as const,
      low: threeOf(
        padding.map(([low]) => low),
        0,
      ),
      places: spatialOf(shape, 1, spatial),
    };
    const from = numbers(x!.data);
    const data = allocate(spec!.dtype, shape);
    const out = numbers(data);
    const channels = shape.at(-1)!;
    const points = sizeOf(walk.size);
    const places = sizeOf(walk.places);
    const values = new Float64Array(channels);
    for (let image = 0; image < shape[0]!; image++) {
      for (let place = 0; place < places; place++) {
        let count = 0;
        values.fill(kind === "max" ? -Infinity : 0);
        forEachTap(walk, place, (_, point) => {
          count++;
          const start = (image * points + point) * channels;
          if (kind === "max") {
            for (let c = 0; c < channels; c++) values[c] = Math.max(values[c]!, from[start + c]!);
          } else {
            for (let c = 0; c < channels; c++) values[c]! += from[start + c]!;
          }
        });
        const to = (image * places + place) * channels;
        const divisor = kind === "max" ? 1 : count;
        for (let c = 0; c < channels; c++) out[to + c] = values[c]! / divisor;
      }
    }
    return [result(spec!, data)];
  };
}

export const poolKernels = { max_pool: pool("max"), avg_pool: pool("average") };
