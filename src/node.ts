import { basename } from "node:path";
import { FileError, type Issue } from "./errors.ts";
import { inspect } from "./json/inspect.ts";
import type { JsonObject } from "./json/json.ts";
import type { ExportFilesOptions } from "./models/export-model.ts";
import { holdOpen } from "./models/held-open.ts";
import type { Model } from "./models/model.ts";
import type { ProgressOptions } from "./progress.ts";
import { type Ability, abilityAt, abilityFor, extensionsOf } from "./saving/formats/format.ts";
import {
  exporters,
  metadataReaders,
  modelReaders,
  modelWriters,
  weightReaders,
  weightWriters,
} from "./saving/formats/index.ts";
import type { LoadModelOptions, LoadWeightsOptions } from "./saving/load.ts";
import { type FileSource, fileSource, writeFileAtomic } from "./saving/node/file.ts";
import type { SaveModelOptions } from "./saving/save-model.ts";

export type { Progress, ProgressOptions } from "./progress.ts";
export type { ExportFilesOptions, LoadModelOptions, LoadWeightsOptions, SaveModelOptions };

/** Closes a file once no weight can be read from it any more. */
const unused = new FinalizationRegistry<() => void>((close) => close());

/**
 * Opens a `.keras` file on disk. Its weights are read when first needed; until then the file stays open, and may be
 * replaced by another (as `saveModel` does), but not be written into.
 *
 * @example
 * import { loadModel } from "ceratops/node";
 *
 * const model = await loadModel("model.keras");
 */
export function loadModel(path: string, options: Omit<LoadModelOptions, "name"> = {}): Promise<Model> {
  return reading(modelReaders, path, async (read, source) => {
    const model = await read(source, { ...options, name: path });
    holdOpen(model, { close: source.close, isOfWeights: true });
    return model;
  });
}

/** Writes a model to a `.keras` file, whole or not at all: after a failure an old file is as it was. */
export async function saveModel(model: Model, path: string, options: SaveModelOptions = {}): Promise<void> {
  const write = expectExtension(modelWriters, path);
  await writeFileAtomic(path, write(model, options));
}

/** Gives a model the weights of a `.keras` or `.weights.h5` file. Gives what was skipped. */
export function loadWeights(
  model: Model,
  path: string,
  options: Omit<LoadWeightsOptions, "name"> = {},
): Promise<readonly Issue[]> {
  return reading(weightReaders, path, async (read, source) => {
    const skipped = await read(model, source, { ...options, name: path });
    holdOpen(model, { close: source.close, isOfWeights: true });
    return skipped;
  });
}

/** Writes a model's weights to a `.weights.h5` file, whole or not at all. */
export async function saveWeights(model: Model, path: string, options: ProgressOptions = {}): Promise<void> {
  const write = expectExtension(weightWriters, path);
  await writeFileAtomic(path, write(model, options));
}

/**
 * Writes a model to an ONNX file, whole or not at all: what `predict` computes, for any number of samples. Of a model
 * of more than 2 GB, or more than `largest` bytes, the weights are in a file beside it, `<path>.data`, which has to stay
 * there. Gives the paths of what was written.
 */
export async function exportOnnx(
  model: Model,
  path: string,
  options: ExportFilesOptions = {},
): Promise<readonly string[]> {
  const write = expectExtension(exporters, path);
  const beside = `${path}.data`;
  const files = await write(model, basename(beside), options);
  if (files.weights) await writeFileAtomic(beside, files.weights);
  await writeFileAtomic(path, files.model);
  return files.weights ? [path, beside] : [path];
}

/** What a `.keras` file says of itself: `keras_version`, `date_saved`. */
export async function readMetadata(path: string): Promise<JsonObject> {
  expectExtension(metadataReaders, path);
  const source = fileSource(path);
  try {
    const read = await abilityFor(metadataReaders, source);
    return await read(source, path);
  } finally {
    source.close();
  }
}

/** Opens a file whose name says that it can be read so, and reads it as its bytes say. */
async function reading<F, T>(
  readers: readonly Ability<F>[],
  path: string,
  use: (read: F, source: FileSource) => Promise<T>,
): Promise<T> {
  expectExtension(readers, path);
  const source = fileSource(path);
  try {
    const result = await use(await abilityFor(readers, source), source);
    unused.register(source, source.close);
    return result;
  } catch (error) {
    source.close();
    throw error;
  }
}

/** What a path's ending asks for. */
function expectExtension<F>(abilities: readonly Ability<F>[], path: string): F {
  const found = typeof path === "string" ? abilityAt(abilities, path) : undefined;
  if (found) return found;
  throw new FileError(
    "path",
    `expected a path that ends in ${extensionsOf(abilities)}, received ${inspect(path)}.`,
  );
}
