import { dtypeOf, type Numeric, type Operand } from "../../program/emit.ts";
import { prim } from "../../program/prim.ts";
import { arange } from "../creation.ts";
import { type Dimension, dimensions, reshapeTo } from "../dimensions.ts";
import { asDType } from "../operands.ts";
import { squeeze } from "../reshaping.ts";
import { sampleImages } from "./affine.ts";
import { filtered } from "./blur.ts";
import type { Sampling } from "./sample.ts";

/** How pixels move. */
export interface Elastic {
  /** How far: scalars that are known when a program runs. */
  readonly alpha: Numeric;
  /** How smoothly, as a standard deviation in pixels, and how large that is at most. */
  readonly sigma: Numeric;
  readonly most: number;
  /** Numbers of the standard normal distribution in a shape. */
  readonly noise: (shape: readonly Dimension[]) => Numeric;
}

/** A batch of images of the format channels-last whose pixels move across and down alike, by noise that is blurred. */
export function elasticallyMoved(
  images: Operand,
  { alpha, sigma, most, noise }: Elastic,
  sampling: Sampling,
): Numeric {
  const [count, height, width] = dimensions(images) as [Dimension, Dimension, Dimension, Dimension];
  const dtype = dtypeOf(images);
  const rough = prim("mul", [noise([count, height, width, 1]), asDType(sigma, dtype)]);
  const smooth = filtered(rough, kernelOf(asDType(sigma, dtype), most));
  const moves = prim("mul", [asDType(alpha, dtype), squeeze(smooth, { axis: -1 })]);
  const y = reshapeTo(asDType(arange(height), dtype), [1, height, 1]);
  const x = reshapeTo(asDType(arange(width), dtype), [1, 1, width]);
  return sampleImages(images, prim("add", [y, moves]), prim("add", [x, moves]), sampling);
}

/**
 * Shares of a normal distribution in so many places as lie within three standard deviations, at each of the places that may
 * be needed at most.
 */
function kernelOf(sigma: Numeric, most: number): Numeric {
  const dtype = dtypeOf(sigma);
  const half = Math.floor(Math.trunc(6 * most) / 2);
  const size = 2 * half + 1;
  const places = prim("sub", [asDType(arange(size), dtype), asDType(half, dtype)]);
  const distance = prim("div", [places, sigma]);
  const all = prim("exp", [prim("mul", [asDType(-0.5, dtype), prim("mul", [distance, distance])])]);
  const reach = prim("floor", [
    prim("mul", [prim("floor", [prim("mul", [sigma, asDType(6, dtype)])]), asDType(0.5, dtype)]),
  ]);
  const isNear = prim("le", [prim("abs", [places]), reach]);
  const near = prim("select", [isNear, all, asDType(0, dtype)]);
  const shares = prim("div", [near, prim("reduce_sum", [near], { axes: [0], keepdims: true })]);
  return prim("mul", [reshapeTo(shares, [size, 1]), reshapeTo(shares, [1, size])]);
}
