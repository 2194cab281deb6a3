import { ActivityRegularization } from "./activity-regularization.ts";
import { AlphaDropout } from "./alpha-dropout.ts";
import { Dropout } from "./dropout.ts";
import { GaussianDropout, GaussianNoise } from "./noise.ts";
import { SpatialDropout1D, SpatialDropout2D, SpatialDropout3D } from "./spatial-dropout.ts";

export {
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
};

/** The classes of this family, for the registry of built-ins. */
export const regularizationLayers = [
  ActivityRegularization,
  AlphaDropout,
  Dropout,
  GaussianDropout,
  GaussianNoise,
  SpatialDropout1D,
  SpatialDropout2D,
  SpatialDropout3D,
] as const;
