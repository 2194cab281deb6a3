export { ActivityRegularization } from "./activity-regularization.ts";
export { AlphaDropout } from "./alpha-dropout.ts";
export { Dropout } from "./dropout.ts";
export { GaussianDropout, GaussianNoise } from "./noise.ts";
export { SpatialDropout1D, SpatialDropout2D, SpatialDropout3D } from "./spatial-dropout.ts";
