// Every layer is named in the index of its family, and nowhere else.

export type { CallArgument } from "../graph/graph.ts";
// Layers of your own: what a call takes, and the base
export {
  aTensor,
  flag,
  maskFor,
  option,
  type Signature,
  structure,
  takes,
  tensors,
} from "../graph/signature.ts";
// Random numbers
export { SeedGenerator, type SeedGeneratorOptions } from "../random/seed-generator.ts";
export * from "./activation/index.ts";
export * from "./aliases.ts";
export * from "./applications/index.ts";
export * from "./attention/index.ts";
export * from "./audio/index.ts";
export type { Shapes } from "./building.ts";
export * from "./categories/index.ts";
export * from "./convolution/index.ts";
export * from "./core/index.ts";
export { type LayerConstructor, type LayerOptions, type LayerSettings, layer } from "./define.ts";
export * from "./image/index.ts";
export type { InputSpec } from "./input-spec.ts";
export { Layer, type LayerClass } from "./layer.ts";
export * from "./merging/index.ts";
export * from "./normalization/index.ts";
export * from "./pooling/index.ts";
export * from "./preprocessing/index.ts";
export * from "./recurrent/index.ts";
export * from "./regularization/index.ts";
export * from "./reshaping/index.ts";
export type { FieldWeightOptions, WeightOptions } from "./weights.ts";
