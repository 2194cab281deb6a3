export { BatchNormalization, type BatchNormalizationOptions } from "./batch-normalization.ts";
export { GroupNormalization, type GroupNormalizationOptions } from "./group-normalization.ts";
export { LayerNormalization, type LayerNormalizationOptions } from "./layer-normalization.ts";
export { RMSNormalization, type RMSNormalizationOptions } from "./rms-normalization.ts";
export { SpectralNormalization, type SpectralNormalizationOptions } from "./spectral-normalization.ts";
export { UnitNormalization, type UnitNormalizationOptions } from "./unit-normalization.ts";
