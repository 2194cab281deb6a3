import { EngineError } from "../../errors.ts";
import type { Pool } from "../../program/primitives.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import {
  allocate,
  isBigint,
  type Kernel,
  type KernelWith,
  notFor,
  numbers,
  result,
  staticShape,
} from "./kernel.ts";
import { forEachTap, spatialOf, threeOf, type Walk } from "./window.ts";

function walkOf(x: Tensor, shape: StaticShape, { window, strides, padding }: Pool): Walk {
  const spatial = window.length;
  return {
    size: spatialOf(x.shape, 1, spatial),
    window: threeOf(window, 1),
    strides: threeOf(strides, 1),
    dilation: [1, 1, 1],
    low: threeOf(
      padding.map(([low]) => low),
      0,
    ),
    places: spatialOf(shape, 1, spatial),
  };
}

function pool(kind: "max" | "average"): KernelWith<Pool> {
  return ([x], attributes: Pool, [spec]) => {
    if (isBigint(x!.dtype)) throw notFor(kind === "max" ? "max_pool" : "avg_pool", x!.dtype);
    const shape = staticShape(spec!.shape);
    const walk = walkOf(x!, shape, attributes);
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

const argmaxPool: Kernel<"argmax_pool"> = ([x], attributes, [spec]) => {
  const shape = staticShape(spec!.shape);
  const walk = walkOf(x!, shape, attributes);
  const from = numbers(x!.data);
  const out = new Int32Array(sizeOf(shape));
  const channels = shape.at(-1)!;
  const points = sizeOf(walk.size);
  const places = sizeOf(walk.places);
  for (let image = 0; image < shape[0]!; image++) {
    for (let place = 0; place < places; place++) {
      const to = (image * places + place) * channels;
      let isEmpty = true;
      forEachTap(walk, place, (_, point) => {
        const start = image * points * channels;
        for (let c = 0; c < channels; c++) {
          const isGreater = from[start + point * channels + c]! > from[start + out[to + c]! * channels + c]!;
          if (isEmpty || isGreater) out[to + c] = point;
        }
        isEmpty = false;
      });
      if (isEmpty) {
        throw new EngineError(
          "reference: argmax_pool",
          "expected padding smaller than the window, received a window of padding only.",
        );
      }
    }
  }
  return [result(spec!, out)];
};

export const poolKernels = { max_pool: pool("max"), avg_pool: pool("average"), argmax_pool: argmaxPool };
