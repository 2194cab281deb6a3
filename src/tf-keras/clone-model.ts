import { older } from "../dialects/walk.ts";
import { ModelError } from "../errors.ts";
import type { Operation } from "../graph/graph.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import type { Layer } from "../layers/layer.ts";
import { type CloneOptions, cloneModel as cloneWithOptions } from "../models/clone-model.ts";
import { Functional } from "../models/functional.ts";
import { flattenLayers, Model } from "../models/model.ts";
import { Sequential } from "../models/sequential.ts";
import { functionalInputs, type InputTensors, sequentialInput } from "./input-tensors.ts";

type CloneFunction = (layer: Layer) => Layer;

/**
 * A model like another one, of new layers with new weights, as `tf.keras.models.clone_model` of TensorFlow 2.9 does
 * it. Where the `cloneModel` of `ceratops` does otherwise: subclassed models are refused; the structure of
 * `inputTensors` does not count, only their order, and where there are too few, inputs are cloned for the others; the
 * clone is a plain model, trainable and not compiled, and so are models inside it.
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
  cloneFunction?: CloneFunction | null,
): Sequential;
export function cloneModel(
  model: Functional,
  inputTensors?: InputTensors | null,
  cloneFunction?: CloneFunction | null,
): Functional;
export function cloneModel(
  model: Model,
  inputTensors?: InputTensors | null,
  cloneFunction?: CloneFunction | null,
): Sequential | Functional;
export function cloneModel(
  model: Model,
  inputTensors: InputTensors | null = null,
  cloneFunction: CloneFunction | null = null,
): Sequential | Functional {
  if (!(model instanceof Model)) fail(`expected a model, received ${inspect(model)}.`);
  if (cloneFunction !== null && typeof cloneFunction !== "function")
    fail(`expected cloneFunction to be a function, received ${inspect(cloneFunction)}.`);
  const clone = cloneByKind(model, inputTensors, cloneFunction);
  clone.compileConfig = null;
  clone.setOwnTrainable(true);
  if (cloneFunction === null) forgetOwnTrainable(clone);
  return clone;
}

function cloneByKind(
  model: Model,
  given: InputTensors | null,
  cloneFunction: CloneFunction | null,
): Sequential | Functional {
  const options = (inputTensors: CloneOptions["inputTensors"]): CloneOptions => ({
    inputTensors,
    cloneFunction: cloneFunction ? inOrderOfLayers(model, cloneFunction) : undefined,
  });
  if (model instanceof Sequential)
    return cloneWithOptions<Sequential>(model, options(sequentialInput(given)));
  if (model instanceof Functional)
    return plain(cloneWithOptions(model, options(functionalInputs(model, given))));
  return fail(
    `expected a Functional or Sequential model, received the subclassed ${model.constructor.className} ${quote(model.name)}. ` +
      "Give it getConfig() and use model.constructor.fromConfig(model.getConfig()).",
  );
}

/** Gives the function each layer once, in the order that the model lists them, which is not that of their calls. */
function inOrderOfLayers(model: Model, cloneFunction: CloneFunction): CloneFunction {
  const made = new Map<Operation, Layer>();
  for (const layer of model.operations as readonly Layer[])
    if (!(layer instanceof InputLayer || made.has(layer)))
      made.set(layer, older.like(layer, () => cloneFunction(layer)) as Layer);
  return (layer) => made.get(layer) ?? cloneFunction(layer);
}

function plain(model: Functional): Functional {
  if ((model.constructor as unknown) === Functional) return model;
  const { input: inputs, output: outputs, name } = model;
  return new Functional({ inputs, outputs, name });
}

/** Configs of 2.9 do not say of a model whether it is trainable; those of its layers do. */
function forgetOwnTrainable(clone: Model): void {
  for (const layer of flattenLayers(clone)) if (layer instanceof Model) layer.setOwnTrainable(true);
}

function fail(message: string): never {
  throw new ModelError("cloneModel", message);
}
