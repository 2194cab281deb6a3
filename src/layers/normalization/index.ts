import { BatchNormalization } from "./batch-normalization.ts";
import { GroupNormalization } from "./group-normalization.ts";
import { LayerNormalization } from "./layer-normalization.ts";
import { UnitNormalization } from "./unit-normalization.ts";

export { BatchNormalization, GroupNormalization, LayerNormalization, UnitNormalization };

/** The classes of this family, for the registry of built-ins. */
export const normalizationLayers = [
  BatchNormalization,
  GroupNormalization,
  LayerNormalization,
  UnitNormalization,
] as const;
