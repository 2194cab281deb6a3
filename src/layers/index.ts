// Every layer is named in the index of its family, and nowhere else.

export * from "./activation/index.ts";
export * from "./attention/index.ts";
export * from "./convolution/index.ts";
export * from "./core/index.ts";
// Layers of your own
export { type BaseOptions, type LayerConstructor, type LayerSettings, layer } from "./define.ts";
export type { InputSpec } from "./input-spec.ts";
export { Layer, type LayerClass, type Shapes, type WeightOptions } from "./layer.ts";
export * from "./merging/index.ts";
export * from "./normalization/index.ts";
export * from "./pooling/index.ts";
export * from "./preprocessing/index.ts";
export * from "./recurrent/index.ts";
export * from "./regularization/index.ts";
export * from "./reshaping/index.ts";
// Random numbers
export { SeedGenerator, type SeedGeneratorOptions } from "./seed-generator.ts";
