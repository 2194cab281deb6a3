export { ActivityRegularization, type ActivityRegularizationOptions } from "./activity-regularization.ts";
export { AlphaDropout, type AlphaDropoutOptions } from "./alpha-dropout.ts";
export { Dropout, type DropoutOptions } from "./dropout.ts";
export {
  GaussianDropout,
  type GaussianDropoutOptions,
  GaussianNoise,
  type GaussianNoiseOptions,
} from "./noise.ts";
export {
  SpatialDropout1D,
  type SpatialDropout1DOptions,
  SpatialDropout2D,
  type SpatialDropout2DOptions,
  SpatialDropout3D,
  type SpatialDropout3DOptions,
} from "./spatial-dropout.ts";
