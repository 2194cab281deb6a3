import type { OnnxFiles } from "../../engines/onnx/index.ts";
import type { Issue } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";
import type { ExportFilesOptions } from "../../models/export-model.ts";
import type { Model } from "../../models/model.ts";
import type { ProgressOptions } from "../../progress.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Patch } from "../archive-writer.ts";
import type { LimitOptions } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { type LoadWeightsOptions, type ReadModelOptions, refuseByName } from "../load-options.ts";
import { type SaveModelOptions, saveModelFile, saveWeights } from "../save-model.ts";
import { type ModelFile, saveTfjs, type TfjsOptions } from "../save-tfjs.ts";
import type { Shard, ShardOptions } from "../sharded/write-weights.ts";
import type { Ability } from "./format.ts";
import { keras, readKerasConfig, readKerasMetadata, readKerasModel, readKerasWeights } from "./keras.ts";
import { modelH5 } from "./model-h5.ts";
import { npy, readNpyFile } from "./npy.ts";
import { npz, readNpz } from "./npz.ts";
import { onnx } from "./onnx.ts";
import { checkpoint, savedModel } from "./saved-model.ts";
import { tfjs, tfjsFolder } from "./tfjs.ts";
import { readWeightsH5, shardedWeights, weightsH5 } from "./weights-h5.ts";
import { yaml } from "./yaml.ts";

// What can be done with which formats, the usual one first: a table for each, so that a program has only what it does.

type Bytes = AsyncIterable<Uint8Array>;

const readTextModel = async (source: ByteSource, options: ReadModelOptions) =>
  (await import("../config-text/read-model.ts")).readTextModel(source, options);

export const modelReaders: readonly Ability<
  (source: ByteSource, options: ReadModelOptions) => Promise<Model>
>[] = [
  { format: keras, run: readKerasModel },
  {
    format: modelH5,
    run: async (...args) => (await import("../hdf5-model/read-model.ts")).readHdf5Model(...args),
  },
  {
    format: savedModel,
    run: async (...args) => (await import("../saved-model/index.ts")).readSavedModel(...args),
  },
  { format: tfjs, run: readTextModel },
  { format: yaml, run: readTextModel },
];

/**
 * They give the bytes of a file in order, and what is to be written again once it is known. Who takes a chunk has done with it
 * when they ask for the next but one.
 */
export const modelWriters: readonly Ability<
  (model: Model, options?: SaveModelOptions) => AsyncIterable<Uint8Array | Patch>
>[] = [
  { format: keras, run: saveModelFile },
  {
    format: modelH5,
    run: async function* (...args) {
      yield* (await import("../hdf5-model/save-model.ts")).saveHdf5ModelFile(...args);
    },
  },
];

/** They give the files of what is in several, one at a time; the main one is the last. */
export const folderWriters: readonly Ability<
  (model: Model, options?: TfjsOptions) => AsyncIterable<ModelFile>
>[] = [{ format: tfjsFolder, run: saveTfjs }];

type ReadWeights = (
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
) => Promise<readonly Issue[]>;

/** Of a file that does not list weights by the names of layers. */
const unlisted =
  (read: ReadWeights): ReadWeights =>
  async (model, source, options) => {
    refuseByName(options);
    return read(model, source, options);
  };

/** They give what was skipped. */
export const weightReaders: readonly Ability<ReadWeights>[] = [
  { format: keras, run: readKerasWeights },
  { format: weightsH5, run: readWeightsH5 },
  { format: modelH5, run: readWeightsH5 },
  {
    format: savedModel,
    run: /* @__PURE__ */ unlisted(async (...args) =>
      (await import("../saved-model/index.ts")).readSavedModelWeights(...args),
    ),
  },
  {
    format: checkpoint,
    run: /* @__PURE__ */ unlisted(async (...args) =>
      (await import("../saved-model/index.ts")).readCheckpointWeights(...args),
    ),
  },
  {
    format: tfjs,
    run: /* @__PURE__ */ unlisted(async (...args) =>
      (await import("../sharded/read-weights.ts")).readJsonWeights(...args),
    ),
  },
];

export const weightWriters: readonly Ability<(model: Model, options?: ProgressOptions) => Bytes>[] = [
  { format: weightsH5, run: saveWeights },
];

const readTextConfig = async (source: ByteSource, name?: string, options?: LimitOptions) =>
  (await import("../config-text/read-model.ts")).readTextConfig(source, name, options);

/** They give the files of weights that are in several, one at a time; the main one, of this name, is the last. */
export const weightFolderWriters: readonly Ability<
  (model: Model, name: string, options?: ShardOptions) => AsyncIterable<Shard>
>[] = [
  {
    format: shardedWeights,
    run: async function* (model, name, options = {}) {
      yield* (await import("../sharded/write-weights.ts")).saveShards(model, name, options);
    },
  },
];

/** They give the text of a model's config, as it is; of one in YAML as JSON. */
export const configReaders: readonly Ability<
  (source: ByteSource, name?: string, options?: LimitOptions) => Promise<string>
>[] = [
  { format: keras, run: readKerasConfig },
  {
    format: modelH5,
    run: async (...args) => (await import("../hdf5-model/read-model.ts")).readHdf5Config(...args),
  },
  {
    format: savedModel,
    run: async (...args) => (await import("../saved-model/index.ts")).readSavedModelConfig(...args),
  },
  { format: tfjs, run: readTextConfig },
  { format: yaml, run: readTextConfig },
];

const readTextMetadata = async (source: ByteSource, name?: string, options?: LimitOptions) =>
  (await import("../config-text/read-model.ts")).readTextMetadata(source, name, options);

/** They give what a file says of itself. */
export const metadataReaders: readonly Ability<
  (source: ByteSource, name?: string, options?: LimitOptions) => Promise<JsonObject>
>[] = [
  { format: keras, run: readKerasMetadata },
  {
    format: modelH5,
    run: async (...args) => (await import("../hdf5-model/read-model.ts")).readHdf5Metadata(...args),
  },
  { format: tfjs, run: readTextMetadata },
  { format: yaml, run: readTextMetadata },
];

/** They give what a model computes, for others to run; large weights for a file beside it. */
export const exporters: readonly Ability<
  (model: Model, options?: ExportFilesOptions) => Promise<OnnxFiles>
>[] = [{ format: onnx, run: async (...args) => (await import("../export-onnx.ts")).exportOnnx(...args) }];

/** They give arrays by their names, or one that has none. */
export const arrayReaders: readonly Ability<
  (source: ByteSource, name: string, options?: LimitOptions) => Promise<Tensor | ReadonlyMap<string, Tensor>>
>[] = [
  { format: npy, run: readNpyFile },
  { format: npz, run: readNpz },
];
