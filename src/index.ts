// Models
export { Functional, type FunctionalOptions } from "./models/functional.ts";
export { Sequential, type SequentialOptions } from "./models/sequential.ts";
export { flattenLayers, Model } from "./models/model.ts";
export { type CloneOptions, cloneModel } from "./models/clone-model.ts";
export type { PredictInput, PredictOptions } from "./models/predict.ts";
export type { SummaryOptions } from "./models/summary.ts";
export { deserialize, modelFromJson } from "./revive.ts";
// Graphs
export { Input, type InputOptions } from "./layers/core/input-layer.ts";
export { KerasTensor, type KerasHistory } from "./graph/keras-tensor.ts";
export type { Nested } from "./graph/nested.ts";
export { Operation } from "./graph/operation.ts";
export { resetNames } from "./graph/naming.ts";
// Tensors
export { tensor, type TensorOptions } from "./engines/tensor.ts";
export { Tensor } from "./tensor/tensor.ts";
export { toNested, type NestedArray } from "./tensor/create.ts";
export type { DType } from "./tensor/dtype.ts";
export type { Shape } from "./tensor/shape.ts";
export { Variable } from "./program/variable.ts";
// Configs
export { builtins } from "./builtins.ts";
export { type CustomObjects, Registry } from "./registry/registry.ts";
export type { DeserializeOptions } from "./registry/deserialize.ts";
export { serialize } from "./registry/serialize.ts";
export { ellipsis, Slice, slice } from "./registry/literals.ts";
export { OpaqueObject } from "./registry/opaque.ts";
export { parsePythonJson } from "./json/parse.ts";
export { stringifyPythonJson } from "./json/stringify.ts";
// Errors
export { CeratopsError, ConfigError, EngineError, type ErrorCode, FileError, type Issue, ModelError, ShapeError } from "./errors.ts";
