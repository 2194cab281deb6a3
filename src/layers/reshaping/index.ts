export { Cropping1D, Cropping2D, Cropping3D } from "./cropping.ts";
export { Flatten } from "./flatten.ts";
export { Permute } from "./permute.ts";
export { RepeatVector } from "./repeat-vector.ts";
export { Reshape } from "./reshape.ts";
export { UpSampling1D, UpSampling2D, UpSampling3D } from "./up-sampling.ts";
export { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D } from "./zero-padding.ts";
