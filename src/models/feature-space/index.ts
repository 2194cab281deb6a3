export type { FeatureBatch, FeatureData } from "./adapt.ts";
export { Cross, type CrossOptions } from "./cross.ts";
export { Feature, type FeatureOptions } from "./feature.ts";
export { FeatureSpace, type FeatureSpaceOptions } from "./feature-space.ts";
export type { CrossLike, FeatureLike } from "./fields.ts";
export type {
  CategoricalFeatureOptions,
  DiscretizedOptions,
  HashedOptions,
  NamedOptions,
  RescaledOptions,
} from "./kinds.ts";
export type { FeatureKind } from "./names.ts";
