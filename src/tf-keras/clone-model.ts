import { ModelError } from "../errors.ts";
import type { KerasTensor } from "../graph/graph.ts";
import { flatten, type Nested, packLike } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import type { Layer } from "../layers/layer.ts";
import { cloneModel as cloneWithOptions } from "../models/clone-model.ts";
import { Functional } from "../models/functional.ts";
import { Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";

/** Tensors or InputLayers, in any structure. */
export type InputTensors = Nested<KerasTensor | InputLayer>;

/**
 * A model like another one, of new layers with new weights, as `tf.keras.models.clone_model` of TensorFlow 2.9 does
 * it. Where the `cloneModel` of `ceratops` does otherwise: subclassed models are refused, the structure of
 * `inputTensors` does not count, only their order; the clone is a plain model, trainable and not compiled.
 *
 * @example
 * import { cloneModel } from "ceratops/tf-keras";
 *
 * const copy = cloneModel(model);
 * const wrapped = cloneModel(model, null, (layer) => {
 *   const again = layer.constructor.fromConfig(layer.getConfig());
 *   return layer instanceof LSTM ? new Bidirectional({ layer: again }) : again;
 * });
 */
export function cloneModel(
  model: Sequential,
  inputTensors?: InputTensors | null,
  cloneFunction?: ((layer: Layer) => Layer) | null,
): Sequential;
export function cloneModel(
  model: Functional,
  inputTensors?: InputTensors | null,
  cloneFunction?: ((layer: Layer) => Layer) | null,
): Functional;
export function cloneModel(
  model: Model,
  inputTensors?: InputTensors | null,
  cloneFunction?: ((layer: Layer) => Layer) | null,
): Sequential | Functional;
export function cloneModel(
  model: Model,
  inputTensors: InputTensors | null = null,
  cloneFunction: ((layer: Layer) => Layer) | null = null,
): Sequential | Functional {
  if (!(model instanceof Model)) fail(`expected a model, received ${inspect(model)}.`);
  if (cloneFunction !== null && typeof cloneFunction !== "function")
    fail(`expected cloneFunction to be a function, received ${inspect(cloneFunction)}.`);
  const options = { cloneFunction: cloneFunction ?? undefined };
  const clone =
    model instanceof Sequential
      ? cloneWithOptions<Sequential>(model, { ...options, inputTensors: sequentialInput(inputTensors) })
      : model instanceof Functional
        ? plain(cloneWithOptions(model, { ...options, inputTensors: functionalInputs(model, inputTensors) }))
        : subclassed(model);
  clone.compileConfig = null;
  clone.setOwnTrainable(true);
  return clone;
}

function plain(model: Functional): Functional {
  if ((model.constructor as unknown) === Functional) return model;
  const { input: inputs, output: outputs, name } = model;
  return new Functional({ inputs, outputs, name });
}

function subclassed(model: Model): never {
  return fail(
    `expected a Functional or Sequential model, received the subclassed ${model.constructor.className} ${quote(model.name)}. ` +
      "Give it getConfig() and use model.constructor.fromConfig(model.getConfig()).",
  );
}

function functionalInputs(model: Functional, given: InputTensors | null): InputTensors | undefined {
  if (given === null) return undefined;
  const flat = flatten(given);
  if (flat.length === model.inputs.length) return packLike(model.inputStructure, flat);
  return fail(`inputTensors: expected ${model.inputs.length} tensors, received ${flat.length}.`);
}

function sequentialInput(given: InputTensors | null): InputTensors | undefined {
  if (given === null) return undefined;
  const [item, ...more] = flatten(given);
  if (more.length > 0)
    fail(`inputTensors: expected at most one tensor for a Sequential model, received ${more.length + 1}.`);
  const maker = item instanceof InputLayer ? item : item?.node?.operation;
  if (maker && !(maker instanceof InputLayer)) {
    fail(
      `inputTensors: expected a tensor that Input(…) made for a Sequential model, received one of the layer ${quote(maker.name)}. ` +
        "Use a Functional model instead.",
    );
  }
  return item;
}

function fail(message: string): never {
  throw new ModelError("cloneModel", message);
}
