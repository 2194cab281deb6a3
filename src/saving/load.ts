import type { Issue } from "../errors.ts";
import { aCallback, aText, checkOption, checkOptions } from "../json/check-options.ts";
import type { JsonObject } from "../json/json.ts";
import { aFlag } from "../json/option-kinds.ts";
import { checkModel } from "../models/check-model.ts";
import type { Model } from "../models/model.ts";
import { checkProgress } from "../progress.ts";
import { checkLimits, type Limits } from "./budget.ts";
import { abilityFor } from "./formats/format.ts";
import { metadataReaders, modelReaders, weightReaders } from "./formats/index.ts";
import { checkLoadOptions, type LoadModelOptions, type LoadWeightsOptions } from "./load-options.ts";
import { type SourceInput, toSource } from "./sources.ts";

export type { LoadModelOptions, LoadWeightsOptions };

/**
 * Opens a `.keras` file: makes the model from its config and connects the weights. Only the config and the table of
 * contents are read now; each weight is read when first needed, so what is read from must stay as it is.
 *
 * That the weights are those that were written is known when all of them were read: the last one fails where the CRC-32
 * of their file differs, and `saveModel` fails in any case. From a server or a Blob an optimizer's state must have been read too.
 * Until then `integrityOf` says "unchecked". With `verify: true` the whole file is read and compared first.
 *
 * A SavedModel of tf.keras is opened by the address of its folder, which ends in a slash, or by the list of its files: its
 * config is what Keras noted of the model, its weights are the variables; no function in it is run. The config of a model
 * as text, in JSON or YAML, gives the model with new weights.
 *
 * @example
 * const model = await loadModel(new URL("https://example.com/model.keras"), {
 *   onProgress: ({ stage, done, total }) => console.log(stage, done, total),
 *   signal: AbortSignal.timeout(60_000),
 * });
 */
export async function loadModel(input: SourceInput, options: LoadModelOptions = {}): Promise<Model> {
  checkLoadOptions("loadModel", options);
  const source = await toSource(input, options.signal);
  const read = await abilityFor(modelReaders, source, options.signal);
  return read(source, options);
}

/**
 * Gives a model the weights of a `.keras` or `.weights.h5` file, each read when first needed. The model's layers must
 * be those of the file; their dtypes may differ. Gives what was skipped: nothing without `skipMismatch`.
 */
export async function loadWeights(
  model: Model,
  input: SourceInput,
  options: LoadWeightsOptions = {},
): Promise<readonly Issue[]> {
  checkModel("loadWeights", model);
  checkOptions("loadWeights", options, {
    skipMismatch: true,
    byName: true,
    onUnknown: true,
    verify: true,
    name: true,
    limits: true,
    onProgress: true,
    signal: true,
  });
  checkOption("loadWeights", options, "onUnknown", aCallback);
  checkOption("loadWeights", options, "byName", aFlag);
  checkOption("loadWeights", options, "verify", aFlag);
  checkOption("loadWeights", options, "name", aText);
  checkLimits("loadWeights", options.limits);
  checkProgress(options);
  const source = await toSource(input, options.signal);
  const read = await abilityFor(weightReaders, source, options.signal);
  return read(model, source, options);
}

/** What {@link readMetadata} takes. */
export interface ReadMetadataOptions {
  /** The file's name, for messages. Defaults to none. */
  readonly name?: string;
  /** What the file may ask for until it is refused. */
  readonly limits?: Limits | null | undefined;
}

/** What a `.keras` file says of itself: `keras_version`, `date_saved`. */
export async function readMetadata(
  input: SourceInput,
  options: ReadMetadataOptions = {},
): Promise<JsonObject> {
  checkOptions("readMetadata", options, { name: true, limits: true });
  checkOption("readMetadata", options, "name", aText);
  checkLimits("readMetadata", options.limits);
  const source = await toSource(input);
  const read = await abilityFor(metadataReaders, source);
  return read(source, options.name, options);
}
