export {
  Cropping1D,
  type Cropping1DOptions,
  Cropping2D,
  type Cropping2DOptions,
  Cropping3D,
  type Cropping3DOptions,
} from "./cropping.ts";
export { Flatten, type FlattenOptions } from "./flatten.ts";
export { Permute, type PermuteOptions } from "./permute.ts";
export { RepeatVector, type RepeatVectorOptions } from "./repeat-vector.ts";
export { Reshape, type ReshapeOptions } from "./reshape.ts";
export {
  UpSampling1D,
  type UpSampling1DOptions,
  UpSampling2D,
  type UpSampling2DOptions,
  UpSampling3D,
  type UpSampling3DOptions,
} from "./up-sampling.ts";
export {
  ZeroPadding1D,
  type ZeroPadding1DOptions,
  ZeroPadding2D,
  type ZeroPadding2DOptions,
  ZeroPadding3D,
  type ZeroPadding3DOptions,
} from "./zero-padding.ts";
