import type { Convolution } from "../../program/primitives.ts";
import { type StaticShape, sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { multiply, pack } from "./gemm.ts";
import {
  allocate,
  type Elements,
  isBigint,
  type Kernel,
  notFor,
  numbers,
  result,
  staticShape,
} from "./kernel.ts";
import { forEachTap, spatialOf, threeOf, type Walk } from "./window.ts";

function walkOf(x: Tensor, kernel: Tensor, shape: StaticShape, attributes: Convolution): Walk {
  const spatial = attributes.strides.length;
  return {
    size: spatialOf(x.shape, 1, spatial),
    window: spatialOf(kernel.shape, 0, spatial),
    strides: threeOf(attributes.strides, 1),
    dilation: threeOf(attributes.dilation, 1),
    low: threeOf(
      attributes.padding.map(([low]) => low),
      0,
    ),
    places: spatialOf(shape, 1, spatial),
  };
}

/** One filter or a few per channel: no sum over channels, so the taps are added up channel by channel. */
function depthwise(
  from: Elements<number>,
  weights: Elements<number>,
  out: Elements<number>,
  walk: Walk,
  { images, channels, filters }: { images: number; channels: number; filters: number },
): void {
  const points = sizeOf(walk.size);
  const places = sizeOf(walk.places);
  const multiplier = filters / channels;
  const sums = new Float64Array(filters);
  for (let n = 0; n < images; n++) {
    for (let place = 0; place < places; place++) {
      sums.fill(0);
      forEachTap(walk, place, (tap, point) => {
        const start = (n * points + point) * channels;
        const kernel = tap * filters;
        if (multiplier === 1) {
          for (let c = 0; c < channels; c++) sums[c]! += from[start + c]! * weights[kernel + c]!;
        } else {
          for (let f = 0; f < filters; f++) {
            sums[f]! += from[start + Math.floor(f / multiplier)]! * weights[kernel + f]!;
          }
        }
      });
      const to = (n * places + place) * filters;
      for (let f = 0; f < filters; f++) out[to + f] = sums[f]!;
    }
  }
}

const conv: Kernel<"conv"> = ([x, kernel], attributes, [spec]) => {
  if (isBigint(x!.dtype)) throw notFor("conv", x!.dtype);
  const shape = staticShape(spec!.shape);
  const { groups } = attributes;
  const walk = walkOf(x!, kernel!, shape, attributes);
  const from = numbers(x!.data);
  const weights = numbers(kernel!.data);
  const data = allocate(spec!.dtype, shape);
  const out = numbers(data);
  const images = shape[0]!;
  const channels = x!.shape.at(-1)!;
  const filters = shape.at(-1)!;
  if (groups === channels && groups > 1) {
    depthwise(from, weights, out, walk, { images, channels, filters });
    return [result(spec!, data)];
  }
  const points = sizeOf(walk.size);
  const places = sizeOf(walk.places);
  const width = channels / groups;
  const groupFilters = filters / groups;
  const depth = sizeOf(walk.window) * width;
  for (let g = 0; g < groups; g++) {
    const right = pack(weights, g * groupFilters, depth, groupFilters, filters, 1);
    const fill = (block: Float64Array, first: number, rows: number) => {
      block.fill(0, 0, rows * depth);
      for (let row = 0; row < rows; row++) {
        const place = (first + row) % places;
        const image = (first + row - place) / places;
        forEachTap(walk, place, (tap, point) => {
          const start = (image * points + point) * channels + g * width;
          const to = row * depth + tap * width;
          for (let c = 0; c < width; c++) block[to + c] = from[start + c]!;
        });
      }
    };
    multiply(images * places, fill, right, out, g * groupFilters, filters);
  }
  return [result(spec!, data)];
};

/** Every point of the image spreads over the window: for each group one product of matrices, then sums. */
const convTranspose: Kernel<"conv_transpose"> = ([x, kernel], attributes, [spec]) => {
  if (isBigint(x!.dtype)) throw notFor("conv_transpose", x!.dtype);
  const shape = staticShape(spec!.shape);
  const { groups } = attributes;
  const spatial = attributes.strides.length;
  const channels = x!.shape.at(-1)!;
  const filters = shape.at(-1)!;
  // Seen from the result, its window walks over the result and stops at each point of x.
  const walk = { ...walkOf(x!, kernel!, x!.shape, attributes), size: spatialOf(shape, 1, spatial) };
  const taps = sizeOf(walk.window);
  const points = sizeOf(walk.size);
  const places = sizeOf(walk.places);
  const width = channels / groups;
  const groupFilters = filters / groups;
  const from = numbers(x!.data);
  const sums = new Float64Array(sizeOf(shape));
  const spread = new Float64Array(places * taps * groupFilters);
  for (let g = 0; g < groups; g++) {
    const right = pack(numbers(kernel!.data), g * width, width, taps * groupFilters, 1, channels);
    for (let image = 0; image < shape[0]!; image++) {
      const fill = (block: Float64Array, first: number, rows: number) => {
        for (let row = 0; row < rows; row++) {
          const start = (image * places + first + row) * channels + g * width;
          for (let c = 0; c < width; c++) block[row * width + c] = from[start + c]!;
        }
      };
      multiply(places, fill, right, spread, 0, taps * groupFilters);
      for (let place = 0; place < places; place++) {
        forEachTap(walk, place, (tap, point) => {
          const start = (place * taps + tap) * groupFilters;
          const to = (image * points + point) * filters + g * groupFilters;
          for (let f = 0; f < groupFilters; f++) sums[to + f]! += spread[start + f]!;
        });
      }
    }
  }
  const data = allocate(spec!.dtype, shape);
  const out = numbers(data);
  for (let i = 0; i < sums.length; i++) out[i] = sums[i]!;
  return [result(spec!, data)];
};

export const convKernels = { conv, conv_transpose: convTranspose };
