import { within } from "../context.ts";
import { older } from "../dialects/walk.ts";
import { ModelError } from "../errors.ts";
import { sayLike } from "../fields/configurable.ts";
import { leavesOut } from "../fields/origin.ts";
import type { CallArgument } from "../graph/graph.ts";
import {
  type Arguments,
  KerasTensor,
  type Keywords,
  NO_KEYWORDS,
  nameUnsaid,
  nodeOf,
  type Operation,
  placeOf,
  signatureOf,
} from "../graph/graph.ts";
import { isAutoName } from "../graph/naming.ts";
import {
  flatten,
  formatStructure,
  mapNested,
  type Nested,
  packLike,
  sameStructure,
} from "../graph/nested.ts";
import { tellAlike } from "../graph/told.ts";
import { checkOptions, isCallback } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import { Layer } from "../layers/layer.ts";
import { repeating, withoutFloats } from "../ops/float.ts";
import { copyObject } from "../registry/configurable.ts";
import { ownClassOf } from "../registry/own-class.ts";
import { settleLike, takeNames, wasRead } from "../registry/settle.ts";
import { keepCallOrder } from "./call-order.ts";
import { copyCompileState, copyOptimizer } from "./copy-compile-state.ts";
import { copyWeights } from "./copy-weights.ts";
import { isGraphConfig } from "./functional-config.ts";
import { keepAlike } from "./keep-alike.ts";
import { Model } from "./model.ts";
import type { FunctionalOptions } from "./model-parts.ts";
import {
  type GraphClass,
  type GraphModel,
  graphClass,
  isGraphModel,
  isStackModel,
  type StackModel,
  stackClass,
} from "./plain-class.ts";
import { runGraph } from "./run-graph.ts";
import { seedClone } from "./seed-clone.ts";

/** What {@link cloneModel} takes beside the model; null, Python's `None`, is "not given". */
export interface CloneOptions {
  /** Tensors or InputLayers to build the clone on, in the structure of the model's inputs. Defaults to new inputs. */
  readonly inputTensors?: Nested<KerasTensor | InputLayer> | null | undefined;
  /**
   * Makes the clone's layer of each layer, InputLayers excepted; operations of the graph come too. Defaults to
   * `(layer) => layer.constructor.fromConfig(layer.getConfig())`.
   */
  readonly cloneFunction?: ((layer: Layer) => Layer) | null | undefined;
  /** Calls a cloned layer: `(layer, ...args) => layer.apply(...args)` by default. Functional models only. */
  readonly callFunction?: ((layer: Layer, ...args: CallArgument[]) => unknown) | null | undefined;
  /** Whether models inside are cloned by `cloneModel` with the same functions, on every level. Defaults to false. */
  readonly recursive?: boolean | undefined;
  /** Original → clone; is filled, and asked first, so that several clones can share layers. */
  readonly cache?: Map<Operation, Operation> | null | undefined;
  /** `"copy"` gives the clone the original's weights. Defaults to `"fresh"`: newly initialized ones. */
  readonly weights?: "fresh" | "copy" | null | undefined;
  /**
   * Draws the clone's first weights, and what its Dropout layers drop, from this integer: the same ones each time, others
   * for each layer. Seeds in configs count before it, and configs stay as they are. It reaches all that has been made
   * when the clone is returned, on every level: of a model that is not built, initializers that are named in options,
   * but not those that a class of your own names in `build`. Defaults to null: other weights each time.
   */
  readonly seed?: number | null | undefined;
  /**
   * `"copy"` gives the clone the state of the optimizer that came with the model's file, such as its moments. Defaults to
   * `"fresh"`: none. How the model was compiled is always kept.
   */
  readonly optimizer?: "fresh" | "copy" | null | undefined;
  /** The clone's name. Defaults to the model's. */
  readonly name?: string | null | undefined;
}

/** How many arguments of a call a callFunction gets. */
const mostArguments = 1000;

const optionNames = {
  inputTensors: true,
  cloneFunction: true,
  callFunction: true,
  recursive: true,
  cache: true,
  weights: true,
  seed: true,
  optimizer: true,
  name: true,
} as const;

/**
 * A model like another one, of new layers with new weights. Source: Keras 3.6 `models/cloning.py`.
 *
 * Where one layer is called several times its clone is too; a weight that two layers share becomes two. A model of
 * a class of your own is cloned by its config, without `cloneFunction`.
 *
 * @example
 * const copy = cloneModel(model);
 * const repeated = cloneModel(model, { seed: 42 }); // the same weights in every run
 * const seeded = cloneModel(model, {
 *   cloneFunction(layer) {
 *     const config = layer.getConfig();
 *     if ("seed" in config) config.seed = 1337;
 *     return layer.constructor.fromConfig(config);
 *   },
 * });
 */
export function cloneModel<M extends Model>(model: M, options: CloneOptions = {}): M {
  if (!(model instanceof Model)) fail(`expected a model, received ${inspect(model)}.`);
  if (typeof options === "function") {
    fail(`expected an object of options such as { cloneFunction }, received ${inspect(options)}.`);
  }
  checkOptions("cloneModel", options, optionNames, ModelError);
  for (const key of ["cloneFunction", "callFunction"] as const) {
    if (options[key] != null && !isCallback(options[key])) {
      fail(`expected ${key} to be a function, received ${inspect(options[key])}.`);
    }
  }
  if (options.cache != null && !(options.cache instanceof Map)) {
    fail(`expected cache to be a Map, received ${inspect(options.cache)}.`);
  }
  for (const key of ["weights", "optimizer"] as const) {
    if (![undefined, null, "fresh", "copy"].includes(options[key]))
      fail(`expected ${key} to be "fresh" or "copy", received ${inspect(options[key])}.`);
  }
  const { seed } = options;
  if (seed != null && !(Number.isSafeInteger(seed) && seed >= 0))
    fail(`expected seed to be an integer from 0 on, received ${inspect(seed)}.`);
  const shared = seed == null ? [] : [model, ...(options.cache?.values() ?? [])];
  const cloner = new Cloner(options);
  const clone = cloneByKind(model, cloner, options) as M;
  if (seed != null) seedClone(clone, seed, shared);
  const cloneOf = (layer: Operation) => cloner.cloneOf(layer);
  settleLike(clone, model);
  keepAlike(model, clone);
  copyCompileState(model, clone, cloneOf);
  if (options.weights === "copy") copyWeights(model, clone, cloneOf);
  if (options.optimizer === "copy") copyOptimizer(model, clone, cloneOf);
  return clone;
}

function cloneByKind(model: Model, cloner: Cloner, options: CloneOptions): Model {
  const clone = () => {
    if (isGraphModel(model)) return cloneGraph(model, cloner, options);
    if (isStackModel(model)) return cloneStack(model, cloner, options);
    return cloneSubclassed(model, options);
  };
  return within(clone, () => placeOf(model), ModelError);
}

/** Clones each layer once, however often it is called. */
class Cloner {
  readonly #options: CloneOptions;
  readonly #cache: Map<Operation, Operation>;

  constructor(options: CloneOptions) {
    this.#options = options;
    this.#cache = options.cache ?? new Map();
  }

  /** What an operation was cloned to, if it was. */
  cloneOf(operation: Operation): Operation | undefined {
    return this.#cache.get(operation);
  }

  clone(operation: Operation): Operation {
    const known = this.#cache.get(operation);
    if (known) return known;
    const made = this.#make(operation);
    this.#cache.set(operation, made);
    return made;
  }

  #make(operation: Operation): Operation {
    const { cloneFunction, callFunction, recursive } = this.#options;
    if (recursive && (isGraphModel(operation) || isStackModel(operation))) {
      const inner = isGraphModel(operation) ? { callFunction } : {};
      return cloneModel<Model>(operation, { cloneFunction, recursive, cache: this.#cache, ...inner });
    }
    const made: unknown = cloneFunction
      ? older.like(operation, () => cloneFunction(operation as Layer))
      : cloneByConfig(operation);
    if (typeof made !== "object" || made === null || !("apply" in made)) {
      fail(
        `expected cloneFunction to return a layer for ${quote(operation.name)}, received ${inspect(made)}.`,
      );
    }
    if (made !== operation) takePlace(made as Operation, operation);
    return made as Operation;
  }
}

/**
 * What a clone takes from its original where its own config did not say it: which Keras it is of, and the name of an
 * operation whose config has none.
 */
function takePlace(clone: Operation, original: Operation): void {
  tellAlike(clone, original);
  if (clone.constructor !== original.constructor) return;
  takeNames(clone, original);
  if (wasRead(clone)) settleLike(clone, original);
  sayLike(clone, original, clone.constructor);
  if (leavesOut(clone, "name")) nameUnsaid(clone, original.name);
  if (clone instanceof Layer || !isAutoName(clone.name, clone.constructor.className)) return;
  if (!Object.hasOwn(original.getConfig(), "name")) clone.name = original.name;
}

function cloneByConfig(operation: Operation): Operation {
  const copy = copyObject(operation);
  nameUnsaid(copy, operation.name);
  return copy;
}

/** Clones a model by its graph. */
function cloneGraph(model: GraphModel, cloner: Cloner, options: CloneOptions): Model {
  const inputs = options.inputTensors == null ? newInputs(model) : givenInputs(model, options.inputTensors);
  const call = options.callFunction;
  const flat = flatten(inputs);
  const values = new Map<KerasTensor, unknown>(model.inputs.map((tensor, i) => [tensor, flat[i]]));
  runGraph(model.nodes, values, (operation, args, kwargs) => {
    const layer = cloner.clone(operation);
    if (!call) return layer.invoke(args, Object.keys(kwargs).length === 0 ? NO_KEYWORDS : kwargs);
    const made = firstByPosition(layer, args, kwargs);
    const given = Object.keys(made.kwargs).length > 0 ? [...made.args, made.kwargs] : made.args;
    if (given.length > mostArguments)
      fail(
        `expected at most ${mostArguments} arguments of ${quote(operation.name)} for callFunction, received ${given.length}.`,
      );
    const result = repeating(layer, made.args, () =>
      // at most 1,000: mostArguments
      call(layer as Layer, ...(withoutFloats(given) as CallArgument[])),
    );
    for (const leaf of flatten(result as Nested<unknown>)) {
      if (!(leaf instanceof KerasTensor))
        fail(
          `expected callFunction to return KerasTensors for ${quote(operation.name)}, received ${inspect(leaf)}.`,
        );
    }
    return result;
  });
  if (!call) keepCallOrder(model.nodes, (operation) => cloner.clone(operation));
  const outputs = mapNested(model.outputStructure, (tensor) => values.get(tensor) as KerasTensor);
  const graph = { inputs, outputs, name: options.name ?? model.name };
  const clone = inOwnClass(model, graph) ?? new model[graphClass](graph);
  clone.setOwnTrainable(model.trainable);
  return clone;
}

/** A call whose arguments all have names, with the first one by its position: an object alone would be taken for it. */
function firstByPosition(operation: Operation, args: Arguments, kwargs: Keywords) {
  const { first } = signatureOf(operation);
  if (args.length > 0 || !Object.hasOwn(kwargs, first)) return { args, kwargs };
  const { [first]: value, ...rest } = kwargs;
  return { args: [value], kwargs: rest };
}

/** A graph in the model's own class; null where that class makes its graph itself, out of other options. */
function inOwnClass(model: GraphModel, graph: FunctionalOptions): GraphModel | null {
  const Plain = model[graphClass];
  const Class = model.constructor as unknown as GraphClass;
  if (Class === Plain) return null;
  const says = model.getConfig !== Plain.prototype.getConfig || ownClassOf(Class).leavesArguments;
  if (!says) return builtOn(Class, graph);
  const config = model.getConfig();
  if (!isGraphConfig(config)) return null;
  const { layers: _, input_layers: __, output_layers: ___, trainable: ____, ...own } = config;
  return builtOn(Class, { ...own, ...graph });
}

function builtOn(Class: GraphClass, graph: FunctionalOptions): GraphModel | null {
  const model = new Class(graph);
  const makers = flatten(graph.outputs).map(({ node }) => node?.operation);
  return model.outputs.every(({ node }, i) => node?.operation === makers[i]) ? model : null;
}

/** Clones a stack of layers. */
function cloneStack(model: StackModel, cloner: Cloner, options: CloneOptions): Model {
  if (options.callFunction) {
    fail(
      `callFunction needs a Functional model, received Sequential ${quote(model.name)}. A Sequential model's layers are listed, not called.`,
    );
  }
  const [first] = model.stack;
  const layers = model.layers.map((layer) => cloner.clone(layer) as Layer);
  const start =
    options.inputTensors == null
      ? first instanceof InputLayer && copyInput(first)
      : sequentialInput(options.inputTensors);
  const all = start ? [start, ...layers] : layers;
  const clone = new model[stackClass](all, { name: options.name ?? model.name });
  clone.setOwnTrainable(model.trainable);
  return clone;
}

/** Clones a model of a class of one's own. */
function cloneSubclassed(model: Model, options: CloneOptions): Model {
  const received = Object.entries({
    cloneFunction: options.cloneFunction,
    inputTensors: options.inputTensors,
    callFunction: options.callFunction,
  })
    .filter(([, value]) => value != null)
    .map(([key]) => key);
  const { className } = model.constructor;
  if (received.length > 0) {
    fail(
      `${received.join(" and ")} ${received.length > 1 ? "need" : "needs"} a Functional or Sequential model, received ${className} ${quote(model.name)}. ` +
        "The layers of a model of your own are known to its call() only; it is cloned by getConfig() and fromConfig().",
    );
  }
  const config = model.getConfig();
  if (options.name != null) config.name = options.name;
  const clone = model.constructor.fromConfig(config) as Model;
  clone.name = options.name ?? model.name;
  const build = model.getBuildConfig();
  if (build && !clone.built) clone.buildFromConfig(build);
  return clone;
}

/** A new InputLayer like another. */
function copyInput(layer: InputLayer): InputLayer {
  return copyObject(layer);
}

function newInputs(model: GraphModel): Nested<KerasTensor> {
  const made = new Map<KerasTensor, KerasTensor>();
  return packLike(
    model.inputStructure,
    model.inputs.map((tensor) => {
      const copy = made.get(tensor) ?? copyInput(nodeOf(tensor).operation as InputLayer).output;
      made.set(tensor, copy);
      return copy;
    }),
  );
}

function givenInputs(model: GraphModel, given: Nested<KerasTensor | InputLayer>): Nested<KerasTensor> {
  const tensors = mapNested(given, toTensor);
  if (!sameStructure(model.inputStructure, tensors)) {
    fail(
      `inputTensors: expected the structure of the model's inputs ${formatStructure(model.inputStructure)}, received ${formatStructure(tensors)}.`,
    );
  }
  return tensors;
}

function toTensor(item: unknown): KerasTensor {
  if (item instanceof InputLayer) return item.output;
  if (item instanceof KerasTensor) return item;
  return fail(`inputTensors: expected KerasTensors or InputLayers, received ${inspect(item)}.`);
}

function sequentialInput(given: Nested<KerasTensor | InputLayer>): InputLayer {
  const tensors = flatten(given).map(toTensor);
  const [tensor] = tensors;
  if (tensors.length !== 1 || !tensor)
    return fail(`inputTensors: expected one tensor for a Sequential model, received ${tensors.length}.`);
  const layer = tensor.node?.operation;
  return layer instanceof InputLayer
    ? layer
    : new InputLayer({ batch_shape: tensor.shape, dtype: tensor.dtype, name: `${tensor.name}CLONE` });
}

function fail(message: string): never {
  throw new ModelError("cloneModel", message);
}
