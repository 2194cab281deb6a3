import { FileError, type Issue } from "./errors.ts";
import { inspect } from "./json/inspect.ts";
import type { JsonObject } from "./json/json.ts";
import type { ExportOptions } from "./models/export-model.ts";
import type { Model } from "./models/model.ts";
import {
  type LoadModelOptions,
  loadModel as loadFrom,
  readMetadata as readFrom,
} from "./saving/load-model.ts";
import { type LoadWeightsOptions, loadWeights as loadWeightsFrom } from "./saving/load-weights.ts";
import { type FileSource, fileSource, writeFileAtomic } from "./saving/node/file.ts";
import {
  saveModel as modelBytes,
  type SaveModelOptions,
  saveWeights as weightBytes,
} from "./saving/save-model.ts";

export type { ExportOptions, LoadModelOptions, LoadWeightsOptions, SaveModelOptions };

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
  return reading(path, [".keras"], (source) => loadFrom(source, { ...options, name: path }));
}

/** Writes a model to a `.keras` file, whole or not at all: after a failure an old file is as it was. */
export async function saveModel(model: Model, path: string, options: SaveModelOptions = {}): Promise<void> {
  checkExtension(path, [".keras"]);
  await writeFileAtomic(path, modelBytes(model, options));
}

/** Gives a model the weights of a `.keras` or `.weights.h5` file. Gives what was skipped. */
export function loadWeights(
  model: Model,
  path: string,
  options: Omit<LoadWeightsOptions, "name"> = {},
): Promise<readonly Issue[]> {
  return reading(path, [".keras", ".weights.h5"], (source) =>
    loadWeightsFrom(model, source, { ...options, name: path }),
  );
}

/** Writes a model's weights to a `.weights.h5` file, whole or not at all. */
export async function saveWeights(model: Model, path: string): Promise<void> {
  checkExtension(path, [".weights.h5"]);
  await writeFileAtomic(path, weightBytes(model));
}

/** Writes a model to an ONNX file, whole or not at all: what `predict` computes, for any number of samples. */
export async function exportOnnx(model: Model, path: string, options: ExportOptions = {}): Promise<void> {
  checkExtension(path, [".onnx"]);
  await writeFileAtomic(path, await model.export(options));
}

/** What a `.keras` file says of itself: `keras_version`, `date_saved`. */
export async function readMetadata(path: string): Promise<JsonObject> {
  checkExtension(path, [".keras"]);
  const source = fileSource(path);
  try {
    return await readFrom(source, { name: path });
  } finally {
    source.close();
  }
}

async function reading<T>(
  path: string,
  extensions: readonly string[],
  read: (source: FileSource) => Promise<T>,
): Promise<T> {
  checkExtension(path, extensions);
  const source = fileSource(path);
  try {
    const result = await read(source);
    unused.register(source, source.close);
    return result;
  } catch (error) {
    source.close();
    throw error;
  }
}

function checkExtension(path: string, extensions: readonly string[]): void {
  if (typeof path === "string" && extensions.some((extension) => path.endsWith(extension))) return;
  throw new FileError(
    "path",
    `expected a path that ends in ${extensions.join(" or ")}, received ${inspect(path)}.`,
  );
}
