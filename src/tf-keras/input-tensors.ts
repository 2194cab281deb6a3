import { ModelError } from "../errors.ts";
import { KerasTensor, nodeOf } from "../graph/graph.ts";
import { flatten, isDict, type Nested, packLike } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { quote } from "../json/quote.ts";
import { InputLayer } from "../layers/core/input-layer.ts";
import type { Functional } from "../models/functional.ts";
import { copyObject } from "../registry/configurable.ts";
import { Tensor } from "../tensor/tensor.ts";

/** Tensors or InputLayers, in any structure. Of values, a Functional model takes the shape and the dtype. */
export type InputTensors = Nested<KerasTensor | InputLayer | Tensor>;

/**
 * The inputs of a Functional clone, in the model's structure: those that are given, one after the other, then clones of
 * the model's own.
 */
export function functionalInputs(
  model: Functional,
  given: InputTensors | null,
): Nested<KerasTensor> | undefined {
  if (given === null) return undefined;
  const items = flatten(given);
  const { inputs } = model;
  if (items.length > inputs.length)
    fail(`expected at most ${inputs.length} tensors, received ${items.length}.`);
  const tensors = inputs.map((input, i) => {
    const like = nodeOf(input).operation as InputLayer;
    return i < items.length ? inputOf(items[i], like.name) : copyObject(like).output;
  });
  const again = tensors.find((tensor, i) => tensors.indexOf(tensor) < i);
  if (again) fail(`expected each tensor once, received the input ${quote(again.name)} several times.`);
  return packLike(model.inputStructure, tensors);
}

/** The input of a Sequential clone: one tensor, or a list of one. */
export function sequentialInput(given: InputTensors | null): KerasTensor | undefined {
  if (given === null) return undefined;
  const items: readonly unknown[] = Array.isArray(given) ? given : [given];
  const [item] = items;
  if (items.length !== 1) fail(`expected one tensor for a Sequential model, received ${items.length}.`);
  if (item instanceof Tensor || Array.isArray(item) || isDict(item))
    fail(`expected a KerasTensor or an InputLayer for a Sequential model, received ${inspect(item)}.`);
  return inputOf(item, item instanceof KerasTensor ? item.name : "");
}

/** The tensor of an input; one that no layer made, and values, get an InputLayer that stands for another. */
function inputOf(item: unknown, standsFor: string): KerasTensor {
  if (item instanceof InputLayer) return item.output;
  if (item instanceof Tensor || (item instanceof KerasTensor && item.node === null)) {
    const { shape, dtype } = item;
    return new InputLayer({ batch_shape: shape, dtype, name: `input_wrapper_for_${standsFor}` }).output;
  }
  if (!(item instanceof KerasTensor))
    return fail(`expected KerasTensors or InputLayers, received ${inspect(item)}.`);
  const { operation } = nodeOf(item);
  if (operation instanceof InputLayer) return item;
  return fail(
    `expected a tensor that Input(…) made, received one of the layer ${quote(operation.name)}. ` +
      "Call the model, or a clone of it, on that tensor.",
  );
}

function fail(message: string): never {
  throw new ModelError("cloneModel", `inputTensors: ${message}`);
}
