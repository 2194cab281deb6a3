import type { RevivableClass } from "../../registry/registry.ts";
import { Cropping1D, Cropping2D, Cropping3D } from "./cropping.ts";
import { Flatten } from "./flatten.ts";
import { Permute } from "./permute.ts";
import { RepeatVector } from "./repeat-vector.ts";
import { Reshape } from "./reshape.ts";
import { UpSampling1D, UpSampling2D, UpSampling3D } from "./up-sampling.ts";
import { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "./zero-padding.ts";

export {
  Cropping1D,
  Cropping2D,
  Cropping3D,
  Flatten,
  Permute,
  RepeatVector,
  Reshape,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
};

/** The layers that move values around, for a registry. */
export const reshapingLayers: readonly RevivableClass[] = [
  Cropping1D,
  Cropping2D,
  Cropping3D,
  Flatten,
  Permute,
  RepeatVector,
  Reshape,
  UpSampling1D,
  UpSampling2D,
  UpSampling3D,
  ZeroPadding1D,
  ZeroPadding2D,
  ZeroPadding3D,
];
