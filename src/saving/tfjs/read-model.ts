import { isDict } from "../../dialects/change.ts";
import { isTfjs, readTfjs } from "../../dialects/tfjs/read.ts";
import { FileError, type Issue } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { stringifyPythonJson } from "../../json/stringify.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { Budget } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { readJsonText } from "../config-text/read-text.ts";
import { rememberOrigin } from "../file-memory.ts";
import { interruptible } from "../interruptible.ts";
import { type ByLayerOptions, connectByLayer } from "../layer-weights.ts";
import { makeLegacyModel } from "../legacy-model.ts";
import type { LoadWeightsOptions, ReadModelOptions } from "../load-options.ts";
import { optimizerStateOf } from "../older-optimizers/read-state.ts";
import { fromTfjsTraining, optimizerArrays } from "./compiled.ts";
import { type Matched, matchWeights } from "./match-weights.ts";
import { openTfjs, readTopology, type TfjsFile } from "./open-tfjs.ts";

/** Makes the model of what a `model.json` of TensorFlow.js says, and connects the weights that are in the files beside it. */
export async function readTfjsModel(
  source: ByteSource,
  given: JsonValue,
  budget: Budget,
  options: ReadModelOptions,
): Promise<Model> {
  const { name = "model.json", onUnknown, onNotice = onUnknown } = options;
  const watch = new Watch(options);
  const file = await openTfjs(source, given, name, budget, onUnknown);
  const model = await makeLegacyModel(sourceOf(file), options);
  await watch.at("config", source.size, source.size);
  await watch.at("contents", 0, 1);
  const { arrayOf } = connect(model, file, { name });
  const hasState = file.weights.some(({ isOptimizers }) => isOptimizers);
  if (options.compile !== false && hasState && !keepOptimizer(model, file, arrayOf)) {
    const message = "the state of the optimizer is left out, as Keras keeps another one: it begins anew.";
    onNotice?.({ path: `${name}: weightsManifest`, message });
  }
  const version = file.writtenBy;
  rememberOrigin(model, {
    metadata: isTfjs(version) || version === null ? {} : { keras_version: version },
    assets: [],
  });
  await watch.at("contents", 1, 1);
  return model;
}

/** Gives a model the weights of a layers model of TensorFlow.js. Gives what was skipped. */
export async function readTfjsWeights(
  model: Model,
  source: ByteSource,
  options: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  const { name = "model.json", skipMismatch = false, limits, signal } = options;
  const watch = new Watch(options);
  return interruptible(source, signal, async (open) => {
    await watch.at("contents", 0, 1);
    const budget = new Budget(open.size, limits ?? {});
    const file = await openTfjs(open, await readJsonText(open, name, budget), name, budget);
    const { skipped } = connect(model, file, { name, skipMismatch });
    await watch.at("contents", 1, 1);
    return skipped;
  });
}

/** The text of the config in a `model.json`, as TensorFlow.js has it. */
export function readTfjsConfig(given: JsonValue, name: string): string {
  return stringifyPythonJson(readTopology(given, name).model);
}

/** What a `model.json` says of itself. */
export function readTfjsMetadata(given: JsonValue, name: string): JsonObject {
  const { writtenBy, madeBy } = readTopology(given, name);
  return { keras_version: writtenBy, ...madeBy };
}

interface Connected extends Pick<Matched, "arrayOf"> {
  readonly skipped: readonly Issue[];
}

function connect(model: Model, { weights }: TfjsFile, options: ByLayerOptions): Connected {
  const own = weights.filter(({ isOptimizers }) => !isOptimizers);
  const { layers, arrayOf, unknown } = matchWeights(model, own);
  const path = `${options.name}: weightsManifest`;
  const message = `expected weights of the model's layers, received those of others, ${inspect(unknown)}.`;
  const issues = unknown.length > 0 ? [{ path, message }] : [];
  if (issues.length > 0 && !options.skipMismatch) throw new FileError(issues);
  return { skipped: [...issues, ...connectByLayer(model, layers, options)], arrayOf };
}

/** Gives the model the state of its optimizer, and whether it is one for its weights. */
function keepOptimizer(model: Model, file: TfjsFile, arrayOf: Connected["arrayOf"]): boolean {
  const trained = model.trainableWeights;
  const arrays = model.compiled ? optimizerArrays(file.training, file.weights, trained, arrayOf) : null;
  const optimizer = fromTfjsTraining(file.training)?.optimizer_config;
  if (arrays && isDict(optimizer)) model.optimizerState = optimizerStateOf(arrays, optimizer, trained);
  return model.optimizerState !== null;
}

type Source = Parameters<typeof makeLegacyModel>[0];

/** A model that was converted from Keras has Keras's own config, one that TensorFlow.js made has another. */
function sourceOf({ model, writtenBy, training, weights }: TfjsFile): Source {
  const shapes = new Map(weights.map(({ name, shape }) => [name, shape]));
  const { isOwn, ...read } = readTfjs(model, writtenBy, shapes);
  return { ...read, training: isOwn ? fromTfjsTraining(training) : training };
}
