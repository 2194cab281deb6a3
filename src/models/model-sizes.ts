import type { Operation } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { withSublayers } from "../layers/weights.ts";
import { type KeepsState, KeptState, type KeptTensor } from "../program/kept-state.ts";
import { bytesPerElement, type DType } from "../tensor/dtype.ts";
import type { StaticShape } from "../tensor/shape.ts";
import type { ModelParts } from "./model-parts.ts";

/** How much some variables hold. */
export interface Size {
  readonly parameters: number;
  readonly bytes: number;
}

/** How much a model holds. */
export interface ModelSizes {
  /** All together, with what the optimizer keeps. */
  readonly total: Size;
  readonly trainable: Size;
  readonly nonTrainable: Size;
  /** The weights of layers of unknown classes: whether they are trained nobody knows. */
  readonly unknown: Size;
  /** What the optimizer keeps, such as its moments. */
  readonly optimizer: Size;
}

export function sizesOf(model: ModelParts): ModelSizes {
  const trainable = sizeOf(model.trainableWeights);
  const nonTrainable = sizeOf(model.nonTrainableWeights);
  const unknown = sizeOf(keptTensors(model));
  const optimizer = sizeOf(model.compiled ? (model.optimizerState?.variables ?? []) : []);
  const parts = [trainable, nonTrainable, unknown, optimizer];
  const total = {
    parameters: parts.reduce((sum, { parameters }) => sum + parameters, 0),
    bytes: parts.reduce((sum, { bytes }) => sum + bytes, 0),
  };
  return { total, trainable, nonTrainable, unknown, optimizer };
}

/** How many numbers an operation's weights have, those that are only kept too; null where they are not made yet. */
export function parametersOf(operation: Operation): number | null {
  if (!(operation instanceof Layer)) return 0;
  const kept = sizeOf(keptTensors(operation)).parameters;
  return operation.built || kept > 0 ? operation.countParams() + kept : null;
}

/** The weights in a layer that this program has no code for. */
export function keptTensors(layer: Layer): KeptTensor[] {
  return withSublayers(layer).flatMap(ownKept);
}

/** Those of a layer without what is inside it. */
export function ownKept(layer: Layer): KeptTensor[] {
  const { keptClassName, keptState } = layer as Partial<KeepsState>;
  if (keptClassName === undefined || !keptState) return [];
  // A model's parts come as layers of their own.
  const own = layer.sublayers().length > 0 ? keptState.children.get("vars") : keptState;
  return own instanceof KeptState ? tensorsIn(own) : [];
}

/** All tensors of a state but those that random numbers are drawn with, which are no weights. */
function tensorsIn(state: KeptState): KeptTensor[] {
  const found: KeptTensor[] = [];
  const pending = [state];
  for (let next = pending.pop(); next; next = pending.pop()) {
    for (const [name, child] of next.children) {
      if (!(child instanceof KeptState)) found.push(child);
      else if (name !== "seed_generator") pending.push(child);
    }
  }
  return found;
}

export function sizeOf(variables: readonly { readonly shape: StaticShape; readonly dtype: DType }[]): Size {
  let parameters = 0;
  let bytes = 0;
  for (const { shape, dtype } of variables) {
    const count = shape.reduce((size, dimension) => size * dimension, 1);
    parameters += count;
    // Keras counts a truth value as one bit.
    bytes += dtype === "bool" ? count / 8 : count * bytesPerElement(dtype);
  }
  return { parameters, bytes };
}
