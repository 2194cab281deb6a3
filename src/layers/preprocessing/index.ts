export { Normalization, type NormalizationOptions } from "./normalization.ts";
export { Rescaling, type RescalingOptions } from "./rescaling.ts";
