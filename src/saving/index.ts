// Files

export { type KeptAttribute, KeptState, type KeptTensor } from "../program/kept-state.ts";
export type { Progress, ProgressOptions } from "../progress.ts";
export type { Limits } from "./budget.ts";
// What files are read from
export type { ByteSource, Siblings } from "./byte-source.ts";
export { httpSource } from "./http-source.ts";
export { type Integrity, integrityOf } from "./integrity.ts";
export {
  type LoadModelOptions,
  type LoadWeightsOptions,
  loadModel,
  loadWeights,
  readMetadata,
} from "./load.ts";
export { type SaveModelOptions, saveModel, saveWeights, toBytes } from "./save-model.ts";
export { type ModelFile, saveTfjs, type TfjsOptions } from "./save-tfjs.ts";
export { blobSource, memorySource, type SourceInput } from "./sources.ts";
