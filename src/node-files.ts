import { basename } from "node:path";
import { FileError, type Issue } from "./errors.ts";
import { aCallback, checkOption, checkOptions } from "./json/check-options.ts";
import { inspect } from "./json/inspect.ts";
import type { JsonObject } from "./json/json.ts";
import { aFlag } from "./json/option-kinds.ts";
import { checkModel } from "./models/check-model.ts";
import type { ExportFilesOptions } from "./models/export-model.ts";
import { holdOpen } from "./models/held-open.ts";
import type { Model } from "./models/model.ts";
import type { PlatformUrl } from "./platform.ts";
import { checkProgress } from "./progress.ts";
import { nameOf } from "./saving/address.ts";
import { checkLimits } from "./saving/budget.ts";
import { type Ability, abilityAt, abilityFor } from "./saving/formats/format.ts";
import {
  exporters,
  folderWriters,
  metadataReaders,
  modelReaders,
  modelWriters,
  weightFolderWriters,
  weightReaders,
  weightWriters,
} from "./saving/formats/index.ts";
import type { LoadModelOptions, LoadWeightsOptions, ReadMetadataOptions } from "./saving/load.ts";
import { checkLoadOptions } from "./saving/load-options.ts";
import { shards, writeFolder } from "./saving/node/folder-files.ts";
import { mainInput, type NodeInput, openInput, pathOf } from "./saving/node/input.ts";
import { writeOnnxFiles } from "./saving/node/onnx-files.ts";
import { expectExtension, expectReadable, holdingOf, readInput } from "./saving/node/opening.ts";
import { writeFileAtomic } from "./saving/node/write-file.ts";
import type { SaveModelOptions } from "./saving/save-model.ts";
import type { TfjsOptions } from "./saving/save-tfjs.ts";
import type { ShardOptions } from "./saving/sharded/write-weights.ts";

export type { Progress, ProgressOptions } from "./progress.ts";
export type {
  ExportFilesOptions,
  LoadModelOptions,
  LoadWeightsOptions,
  NodeInput,
  ReadMetadataOptions,
  SaveModelOptions,
  ShardOptions,
  TfjsOptions,
};

/**
 * Opens a `.keras` file: of a path, of an address (`https:`, `file:`) as text or URL, or of bytes such as a Buffer. Its
 * weights are read when first needed; until then a file on disk must stay as it is. `saveModel` may replace it. Any number of
 * models can be open: files of up to 64 KiB are read whole, 64 larger ones stay open, others are opened again when they are
 * needed, which fails where another program has replaced or changed them. `model.dispose()` lets go of the file.
 *
 * That the weights are those that were written is known when all of them were read: the last one fails where the CRC-32
 * of their file differs, and `saveModel` fails in any case. Until then `integrityOf` of `ceratops/saving` says
 * "unchecked". With `verify: true` the whole file is read and compared first.
 *
 * A SavedModel of tf.keras is opened by its folder: its config is what Keras noted of the model, its weights are the
 * variables; no function in it is run.
 *
 * @example
 * import { loadModel } from "ceratops/node";
 *
 * const model = await loadModel("model.keras");
 */
export async function loadModel(
  input: NodeInput,
  options: Omit<LoadModelOptions, "name"> = {},
): Promise<Model> {
  checkLoadOptions("loadModel", options);
  return readInput(modelReaders, input, options.signal, async ({ run: read }, { source, name, close }) => {
    const model = await read(source, { ...options, name });
    holdOpen(model, holdingOf(source, close));
    return model;
  });
}

/**
 * Writes a model to a `.keras` file, whole or not at all: after a failure an old file is as it was, and nothing half written
 * stays, not even where a signal ends the process; what a killed one left is removed by the next save into the folder. An
 * old file keeps its permissions, and its owner and group where the system allows. Of a symbolic link what it points to is
 * replaced; a hard link elsewhere keeps the old file. Of several who save at once, the last one's file is there, whole.
 *
 * A path that ends in `model.json` gets a layers model for TensorFlow.js 4.22, its weights in files of 4 MiB beside it,
 * which are written first; with `quantizeWeights` in fewer bits. What TensorFlow.js cannot hold is an error.
 */
export async function saveModel(
  model: Model,
  path: string | PlatformUrl,
  options: SaveModelOptions & TfjsOptions = {},
): Promise<void> {
  checkModel("saveModel", model);
  const folder = pathOf(path);
  const writeFiles = folder === null ? undefined : abilityAt(folderWriters, folder);
  if (folder !== null && writeFiles) return writeFolder(folder, writeFiles(model, options));
  const { run: write, path: target } = outputOf(modelWriters, path);
  await writeFileAtomic(target, write(model, options));
}

/**
 * Gives a model the weights of a `.keras` or `.weights.h5` file, or of a checkpoint of TensorFlow, by its `.index` file or
 * by what the names of all its files begin with. Gives what was skipped.
 */
export async function loadWeights(
  model: Model,
  input: NodeInput,
  options: Omit<LoadWeightsOptions, "name"> = {},
): Promise<readonly Issue[]> {
  checkModel("loadWeights", model);
  checkOptions("loadWeights", options, {
    skipMismatch: true,
    byName: true,
    onUnknown: true,
    verify: true,
    limits: true,
    onProgress: true,
    signal: true,
  });
  checkOption("loadWeights", options, "onUnknown", aCallback);
  checkOption("loadWeights", options, "byName", aFlag);
  checkOption("loadWeights", options, "verify", aFlag);
  checkLimits("loadWeights", options.limits);
  checkProgress(options);
  return readInput(weightReaders, input, options.signal, async ({ run: read }, { source, name, close }) => {
    const skipped = await read(model, source, { ...options, name });
    holdOpen(model, holdingOf(source, close));
    return skipped;
  });
}

/**
 * Writes a model's weights to a `.weights.h5` file, whole or not at all. A path that ends in `.weights.json` gets an index,
 * and beside it files of at most `maxShardSize` GB, as Keras 3.10 and later writes and reads them: all of them or none.
 *
 * @example
 * import { Input, Sequential } from "ceratops";
 * import { Dense } from "ceratops/layers";
 * import { saveWeights } from "ceratops/node";
 *
 * const model = new Sequential([Input({ shape: [4] }), new Dense({ units: 1 })]);
 * await saveWeights(model, "model.weights.json", { maxShardSize: 2 });
 */
export async function saveWeights(
  model: Model,
  path: string | PlatformUrl,
  options: ShardOptions = {},
): Promise<void> {
  checkModel("saveWeights", model);
  checkOptions("saveWeights", options, { maxShardSize: true, onProgress: true, signal: true });
  const index = pathOf(path);
  const writeFiles = index === null ? undefined : abilityAt(weightFolderWriters, index);
  if (index !== null && writeFiles)
    return writeFolder(index, writeFiles(model, basename(index), options), shards);
  const { maxShardSize, ...others } = options;
  if (maxShardSize != null) {
    const expected = "expected a path that ends in .weights.json, as maxShardSize says";
    throw new FileError("path", `${expected}, received ${inspect(index ?? path)}.`);
  }
  const { run: write, path: target } = outputOf(weightWriters, path);
  await writeFileAtomic(target, write(model, others));
}

/**
 * Writes a model to an ONNX file, whole or not at all: what `predict` computes, for any number of samples. Of a model
 * of more than 2 GB, or more than `largest` bytes, the weights are in a file beside it, `<path>.<hash>.data`, which has
 * to stay there: its name follows from what it holds, so that no model meets the weights of another. That of an older
 * model at this path is removed. Gives the paths of what was written. Large weights that are still in a file pass
 * through one after the other, so that gigabytes need little memory; a file that is damaged is an error.
 */
export async function exportOnnx(
  model: Model,
  path: string | PlatformUrl,
  options: ExportFilesOptions = {},
): Promise<readonly string[]> {
  checkModel("exportOnnx", model);
  const { run: write, path: target } = outputOf(exporters, path);
  return writeOnnxFiles(target, () => write(model, options));
}

/** What a `.keras` file says of itself: `keras_version`, `date_saved`. */
export async function readMetadata(
  input: NodeInput,
  options: Omit<ReadMetadataOptions, "name"> = {},
): Promise<JsonObject> {
  checkOptions("readMetadata", options, { limits: true });
  checkLimits("readMetadata", options.limits);
  const main = mainInput(input);
  await expectReadable(metadataReaders, main);
  const { source, name, close } = await openInput(main);
  try {
    const read = await abilityFor(metadataReaders, source);
    return await read(source, name, options);
  } finally {
    close();
  }
}

/** The path to write to, and what its ending asks for. */
function outputOf<F>(writers: readonly Ability<F>[], output: unknown): { run: F; path: string } {
  const path = pathOf(output);
  if (path === null && (typeof output === "string" || output instanceof URL)) {
    throw new FileError("path", `expected a path on this machine, received ${inspect(nameOf(output))}.`);
  }
  return { run: expectExtension(writers, path ?? output, true), path: path ?? "" };
}
