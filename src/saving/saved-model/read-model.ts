import { FileError, printableIssue } from "../../errors.ts";
import type { JsonObject } from "../../json/json.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { Budget, type LimitOptions } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { interruptible } from "../interruptible.ts";
import { makeLegacyModel } from "../legacy-model.ts";
import type { ReadModelOptions } from "../load-options.ts";
import { optimizerStateOf } from "../older-optimizers/read-state.ts";
import { isIdle } from "../older-optimizers/slots.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { type Connected, connectCheckpoint } from "./connect.ts";
import { isObject, notesOf } from "./keras-metadata.ts";
import { fillLearned, hasLearned } from "./learned.ts";
import { readMain, readMetadataBeside, rootOf } from "./metadata-beside.ts";
import { optimizerArrays } from "./optimizer.ts";
import { openVariables } from "./read-weights.ts";

/**
 * Makes the model of a SavedModel folder, by its `saved_model.pb`: of what Keras noted of its objects, without its
 * functions, and connects the variables.
 */
export async function readSavedModel(source: ByteSource, options: ReadModelOptions): Promise<Model> {
  const {
    name = "saved_model.pb",
    verify = false,
    limits,
    onUnknown,
    onNotice = onUnknown,
    signal,
  } = options;
  const watch = new Watch(options);
  return interruptible(source, signal, async (open) => {
    await watch.at("config", 0, 1);
    const metadata = await readMetadataBeside(open, name, limits ?? {});
    const root = rootOf(metadata, name);
    const notes = notesOf(metadata.nodes);
    const checkpoint = await openVariables(open, { name, limits, verify });
    const { config } = root.config;
    if (isObject(config) && hasLearned(config, checkpoint)) {
      const budget = new Budget(open.size, limits ?? {});
      const sources = { saved: await readMain(open, name, budget), checkpoint };
      const lost = await fillLearned(config, sources, notes, name, budget);
      if (lost.length > 0 && !onUnknown) throw new FileError(lost);
      for (const issue of lost) onUnknown?.(printableIssue(issue));
    }
    const model = await makeLegacyModel(root, options);
    await watch.at("config", 1, 1);
    const { places } = connectCheckpoint(model, checkpoint, { onUnknown, notes });
    if (model.compiled) keepOptimizer(model, checkpoint, places, root.training, onNotice);
    return model;
  });
}

/** The text of the config that Keras noted of a SavedModel's model. */
export async function readSavedModelConfig(
  source: ByteSource,
  name = "saved_model.pb",
  { limits }: LimitOptions = {},
): Promise<string> {
  return stringifyPythonJson(rootOf(await readMetadataBeside(source, name, limits ?? {}), name).config);
}

/** Gives the model the state of its optimizer; says where it is not one for its weights. */
function keepOptimizer(
  model: Model,
  checkpoint: Checkpoint,
  places: Connected["places"],
  training: JsonObject | null,
  onNotice: ReadModelOptions["onNotice"],
): void {
  const trained = model.trainableWeights;
  const optimizer = training?.optimizer_config;
  const arrays = optimizerArrays(checkpoint, trained, places, isObject(optimizer) && isIdle(optimizer));
  if (arrays?.length === 0) return;
  model.optimizerState = arrays && optimizerStateOf(arrays, isObject(optimizer) ? optimizer : {}, trained);
  if (model.optimizerState) return;
  const message = `expected the state of an optimizer for ${trained.length} weights, received one for others: it begins anew.`;
  onNotice?.(printableIssue({ path: `${checkpoint.name} root.optimizer`, message }));
}
