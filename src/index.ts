// Models

// Configs
export { builtins } from "./builtins.ts";
// Tensors
export { type TensorOptions, tensor } from "./engines/tensor.ts";
// Errors
export {
  CeratopsError,
  ConfigError,
  EngineError,
  type ErrorCode,
  FileError,
  type Issue,
  ModelError,
  ShapeError,
} from "./errors.ts";
export { type KerasHistory, KerasTensor, Operation } from "./graph/graph.ts";
export { resetNames } from "./graph/naming.ts";
export type { Nested } from "./graph/nested.ts";
export { getSourceInputs, isKerasTensor } from "./graph/source-inputs.ts";
export { parsePythonJson } from "./json/parse.ts";
export { stringifyPythonJson } from "./json/stringify.ts";
// Graphs
export { Input, type InputOptions } from "./layers/core/input-layer.ts";
export { type CloneOptions, cloneModel } from "./models/clone-model.ts";
export * from "./models/feature-space/index.ts";
export { Functional, type FunctionalOptions } from "./models/functional.ts";
export { flattenLayers } from "./models/model.ts";
export { Model } from "./models/model-class.ts";
export type { ModelSizes, Size } from "./models/model-sizes.ts";
export type { PredictInput, PredictOptions } from "./models/predict.ts";
export { Sequential, type SequentialOptions } from "./models/sequential.ts";
export type { SummaryOptions } from "./models/summary.ts";
export {
  type LayerSummary,
  type ModelSummary,
  type SummaryDataOptions,
  summaryData,
} from "./models/summary-data.ts";
export type { BitmapLike, CanvasLike, ImageLike, ImageSource, RawPixels } from "./ops/pixels.ts";
export { type ImageOptions, tensorFromImage } from "./ops/tensor-from-image.ts";
export { Variable } from "./program/variable.ts";
export type { DeserializeOptions } from "./registry/deserialize.ts";
export { ellipsis, Slice, slice } from "./registry/literals.ts";
export { OpaqueObject } from "./registry/opaque.ts";
export { type CustomObjects, Registry } from "./registry/registry.ts";
export { serialize } from "./registry/serialize.ts";
export { deserialize, modelFromJson } from "./revive.ts";
export { modelFromYaml } from "./saving/yaml/model-from-yaml.ts";
export type { Best } from "./tensor/best.ts";
export { type NestedArray, toNested } from "./tensor/create.ts";
export {
  type DecodeOptions,
  decodePredictions,
  type ImageNetIndex,
  type Prediction,
} from "./tensor/decode-predictions.ts";
export type { DType } from "./tensor/dtype.ts";
export type { Shape } from "./tensor/shape.ts";
export { Tensor } from "./tensor/tensor.ts";
// Older versions
export { type UnfoldOptions, unfold } from "./unfolding/unfold.ts";
