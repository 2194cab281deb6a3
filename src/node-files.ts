import { existsSync } from "node:fs";
import { FileError, type Issue } from "./errors.ts";
import { aCallback, aFlag, checkOption, checkOptions } from "./json/check-options.ts";
import { inspect } from "./json/inspect.ts";
import type { JsonObject } from "./json/json.ts";
import { checkModel } from "./models/check-model.ts";
import type { ExportFilesOptions } from "./models/export-model.ts";
import { type Holding, holdOpen } from "./models/held-open.ts";
import type { Model } from "./models/model.ts";
import type { PlatformSignal, PlatformUrl } from "./platform.ts";
import { checkProgress, type ProgressOptions } from "./progress.ts";
import { isWebAddress, nameOf } from "./saving/address.ts";
import { checkLimits } from "./saving/budget.ts";
import type { ByteSource } from "./saving/byte-source.ts";
import { foreignError } from "./saving/formats/foreign.ts";
import { type Ability, abilityAt, abilityFor, extensionsOf } from "./saving/formats/format.ts";
import {
  exporters,
  folderWriters,
  metadataReaders,
  modelReaders,
  modelWriters,
  weightReaders,
  weightWriters,
} from "./saving/formats/index.ts";
import type { LoadModelOptions, LoadWeightsOptions, ReadMetadataOptions } from "./saving/load.ts";
import { checkLoadOptions } from "./saving/load-options.ts";
import { writeFolder } from "./saving/node/folder-files.ts";
import { mainInput, type NodeInput, type OpenInput, openInput, pathOf } from "./saving/node/input.ts";
import { writeOnnxFiles } from "./saving/node/onnx-files.ts";
import { writeFileAtomic } from "./saving/node/write-file.ts";
import type { SaveModelOptions } from "./saving/save-model.ts";
import type { TfjsOptions } from "./saving/save-tfjs.ts";

export type { Progress, ProgressOptions } from "./progress.ts";
export type {
  ExportFilesOptions,
  LoadModelOptions,
  LoadWeightsOptions,
  NodeInput,
  ReadMetadataOptions,
  SaveModelOptions,
  TfjsOptions,
};

/** Closes a file once no weight can be read from it any more. */
const unused = new FinalizationRegistry<() => void>((close) => close());

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
  return reading(modelReaders, input, options.signal, async (read, { source, name, close }) => {
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
    onUnknown: true,
    verify: true,
    limits: true,
    onProgress: true,
    signal: true,
  });
  checkOption("loadWeights", options, "onUnknown", aCallback);
  checkOption("loadWeights", options, "verify", aFlag);
  checkLimits("loadWeights", options.limits);
  checkProgress(options);
  return reading(weightReaders, input, options.signal, async (read, { source, name, close }) => {
    const skipped = await read(model, source, { ...options, name });
    holdOpen(model, holdingOf(source, close));
    return skipped;
  });
}

/** Writes a model's weights to a `.weights.h5` file, whole or not at all. */
export async function saveWeights(
  model: Model,
  path: string | PlatformUrl,
  options: ProgressOptions = {},
): Promise<void> {
  checkModel("saveWeights", model);
  const { run: write, path: target } = outputOf(weightWriters, path);
  await writeFileAtomic(target, write(model, options));
}

/**
 * Writes a model to an ONNX file, whole or not at all: what `predict` computes, for any number of samples. Of a model
 * of more than 2 GB, or more than `largest` bytes, the weights are in a file beside it, `<path>.<hash>.data`, which has
 * to stay there: its name follows from what it holds, so that no model meets the weights of another. That of an older
 * model at this path is removed. Gives the paths of what was written.
 */
export async function exportOnnx(
  model: Model,
  path: string | PlatformUrl,
  options: ExportFilesOptions = {},
): Promise<readonly string[]> {
  checkModel("exportOnnx", model);
  const { run: write, path: target } = outputOf(exporters, path);
  return writeOnnxFiles(target, (nameOf) => write(model, nameOf, options));
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

/** A file that weights are read from, until nothing has its source any more. */
function holdingOf(source: ByteSource, close: () => void): Holding {
  const known = new WeakRef(source);
  return { close, isOfWeights: true, isUnused: () => known.deref() === undefined };
}

/** Opens what can be read so by its name, where it has one, and reads it as its bytes say. */
async function reading<F, T>(
  readers: readonly Ability<F>[],
  input: NodeInput,
  signal: PlatformSignal | null | undefined,
  use: (read: F, open: OpenInput) => Promise<T>,
): Promise<T> {
  const main = mainInput(input);
  await expectReadable(readers, main);
  const open = await openInput(main, signal);
  try {
    const result = await use(await abilityFor(readers, open.source), open);
    unused.register(open.source, open.close);
    return result;
  } catch (error) {
    open.close();
    throw error;
  }
}

/** Complains about a path that does not end as those of such files do: of what a file is instead, where that is known. */
async function expectReadable<F>(readers: readonly Ability<F>[], input: unknown): Promise<void> {
  const path = pathOf(input);
  if (path !== null && !abilityAt(readers, path) && existsSync(path)) {
    const { source, close } = await openInput(path);
    const foreign = await foreignError(source, path, `a ${extensionsOf(readers)} file`).finally(close);
    if (foreign) throw foreign;
  }
  const isNamed = path !== null || input === null || typeof input !== "object";
  const isOnWeb = typeof input === "string" && isWebAddress(input);
  if (isNamed && !isOnWeb) expectExtension(readers, path ?? input, false);
}

/** The path to write to, and what its ending asks for. */
function outputOf<F>(writers: readonly Ability<F>[], output: unknown): { run: F; path: string } {
  const path = pathOf(output);
  if (path === null && (typeof output === "string" || output instanceof URL)) {
    throw new FileError("path", `expected a path on this machine, received ${inspect(nameOf(output))}.`);
  }
  return { run: expectExtension(writers, path ?? output, true), path: path ?? "" };
}

/** What a path's ending asks for. */
function expectExtension<F>(abilities: readonly Ability<F>[], path: unknown, isOutput: boolean): F {
  const found = typeof path === "string" ? abilityAt(abilities, path) : undefined;
  if (found) return found;
  const expected = extensionsOf(abilities);
  const [usual = ""] = abilities.map(({ format }) => format.extensions[0]);
  const isMisnamed = typeof path === "string" && path !== "" && (isOutput || !/\.\w+$/.test(path));
  const help = isMisnamed ? ` Did you mean ${inspect(renamed(path, usual))}?` : "";
  throw new FileError("path", `expected a path that ends in ${expected}, received ${inspect(path)}.${help}`);
}

/** A path with another ending. */
function renamed(path: string, extension: string): string {
  return path.replace(/(?:\.weights)?\.\w{1,8}$|$/, extension);
}
