export { Normalization, type NormalizationOptions } from "./normalization.ts";
export { Pipeline, type PipelineOptions } from "./pipeline.ts";
export { Rescaling, type RescalingOptions } from "./rescaling.ts";
