import { isDict } from "../../dialects/change.ts";
import { hasOldArrays } from "../../dialects/older.ts";
import { FileError, type Issue } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject } from "../../json/json.ts";
import { parseWithin } from "../../json/parse.ts";
import type { Model } from "../../models/model.ts";
import { Watch } from "../../progress.ts";
import { Budget, type LimitOptions } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { hdf5Kind } from "../formats/foreign-hdf5.ts";
import { errorOf } from "../formats/foreign-kind.ts";
import { checkChunks, type Hdf5File, type Hdf5Group, openHdf5 } from "../hdf5/index.ts";
import { interruptible } from "../interruptible.ts";
import { type ByLayerOptions, connectByLayer, type LayerArrays, type NamedArray } from "../layer-weights.ts";
import { connectByName } from "../layers-by-name.ts";
import { makeLegacyModel } from "../legacy-model.ts";
import type { LoadWeightsOptions, ReadModelOptions } from "../load-options.ts";
import { readArrays } from "../old-arrays/turn.ts";
import { optimizerStateOf } from "../older-optimizers/read-state.ts";
import { matchOwn, OF_MODEL } from "../own-weights.ts";
import { keepsState } from "../weight-tree.ts";
import { arraysIn, layersIn } from "./groups.ts";
import { fillBoundaries } from "./learned-boundaries.ts";
import { weightsGroup } from "./weights-group.ts";

/** Makes the model of a whole-model HDF5 file and connects the weights. */
export async function readHdf5Model(source: ByteSource, options: ReadModelOptions): Promise<Model> {
  const { name = "model.h5", compile = true, verify = false, limits, onUnknown, signal } = options;
  const watch = new Watch(options);
  return interruptible(source, signal, async (open) => {
    const budget = new Budget(open.size, limits ?? {});
    await watch.at("contents", 0, 1);
    const onObject = (done: number, known: number) => watch.at("contents", done, known);
    const file = await openHdf5(open, { name, onObject, budget });
    const { root } = file;
    const config = jsonAt(root, "model_config", name, budget);
    if (!config) throw errorOf(hdf5Kind(root), name);
    if (verify) await checkChunks(file);
    const training = compile ? jsonAt(root, "training_config", name, budget) : null;
    const group = weightsGroup(root);
    const layers = group && (await fillBoundaries(config, layersIn(group, name)));
    const model = await makeLegacyModel(
      {
        config,
        version: textIn(root, "keras_version"),
        backend: textIn(root, "backend"),
        training,
      },
      options,
    );
    connect(model, file, { name, onUnknown }, false, layers);
    const state = root.children.get("optimizer_weights");
    if (model.compiled && state?.kind === "group") {
      const arrays = arraysIn(state, name);
      const isOld = hasOldArrays(
        textIn(root, "keras_version"),
        arrays.map((array) => array.name),
      );
      keepOptimizer(model, isOld ? [] : arrays, training, options);
    }
    return model;
  });
}

/** The text of the config in a whole-model HDF5 file, as it is. */
export async function readHdf5Config(
  source: ByteSource,
  name = "model.h5",
  { limits }: LimitOptions = {},
): Promise<string> {
  const { root } = await openHdf5(source, { name, budget: new Budget(source.size, limits ?? {}) });
  const text = textIn(root, "model_config");
  if (text === undefined) throw errorOf(hdf5Kind(root), name);
  return text;
}

/** What a whole-model HDF5 file says of itself. */
export async function readHdf5Metadata(
  source: ByteSource,
  name = "model.h5",
  { limits }: LimitOptions = {},
): Promise<JsonObject> {
  const { root } = await openHdf5(source, { name, budget: new Budget(source.size, limits ?? {}) });
  return { keras_version: textIn(root, "keras_version") ?? null, backend: textIn(root, "backend") ?? null };
}

/** Gives a model the weights of an HDF5 file that has them by layers, with the model or without. */
export async function readHdf5Weights(
  model: Model,
  file: Hdf5File,
  { name = "weights.h5", skipMismatch = false, byName = false, onUnknown }: LoadWeightsOptions,
): Promise<readonly Issue[]> {
  return connect(model, file, { name, skipMismatch, onUnknown }, byName);
}

function connect(
  model: Model,
  file: Hdf5File,
  given: ByLayerOptions,
  byName = false,
  found?: readonly LayerArrays[],
): readonly Issue[] {
  const { name } = given;
  const { layers, turn } = arraysFor(model, file, name, found);
  const ofModel = (weightsGroup(file.root) ?? file.root).children.get(OF_MODEL);
  const own = ofModel?.kind === "group" ? arraysIn(ofModel, name) : null;
  const options = { ...given, turn };
  const connectLayers = byName ? connectByName : connectByLayer;
  // What there is no code for has no weights, and is told of with its layers.
  if (keepsState(model))
    return connectLayers(model, [...layers, { name: OF_MODEL, arrays: own ?? [] }], options);
  return connectLayers(model, layers, { ...options, beside: matchOwn(model, own, options, byName) });
}

/** The layers of a file, and how their arrays become those that layers have now. */
function arraysFor(
  model: Model,
  file: Hdf5File,
  name: string,
  found?: readonly LayerArrays[],
): ReturnType<typeof readArrays> {
  const group = weightsGroup(file.root) ?? file.root;
  const said = (key: string) => group.attributes.get(key) ?? file.root.attributes.get(key);
  const writer = { version: said("keras_version"), backend: said("backend") };
  return readArrays(model, found ?? layersIn(group, name), writer);
}

/** Gives the model the state of its optimizer; says where it is not one for its weights. */
function keepOptimizer(
  model: Model,
  arrays: readonly NamedArray[],
  training: JsonObject | null,
  { name = "model.h5", onUnknown, onNotice = onUnknown }: ReadModelOptions,
): void {
  const optimizer = training?.optimizer_config;
  const trained = model.trainableWeights;
  model.optimizerState = optimizerStateOf(arrays, isDict(optimizer) ? optimizer : {}, trained);
  if (model.optimizerState) return;
  const message = `expected the state of an optimizer for ${trained.length} weights, received ${arrays.length || "older"} arrays: it begins anew.`;
  onNotice?.({ path: `${name} /optimizer_weights`, message });
}

function textIn({ attributes }: Hdf5Group, key: string): string | undefined {
  const value = attributes.get(key);
  return typeof value === "string" ? value : undefined;
}

/** The JSON object in an attribute; null where there is none, or it says so. */
function jsonAt({ attributes }: Hdf5Group, key: string, name: string, budget: Budget): JsonObject | null {
  const text = attributes.get(key);
  if (text === undefined) return null;
  const where = `${name} ${key}`;
  if (typeof text !== "string") throw new FileError(where, `expected JSON text, received ${inspect(text)}.`);
  const value = parseWithin(text, where, budget.jsonValues);
  if (value === null) return null;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new FileError(where, `expected an object, received ${inspect(value)}.`);
}
