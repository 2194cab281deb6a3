import type { Operation } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { ownKept, parametersOf, sizeOf } from "./model-sizes.ts";

/** How much a layer has, with what is inside it. */
interface Counts {
  readonly around: Counts | null;
  /** Whether it has something more than once, which is not to be counted twice. */
  isShared: boolean;
  parameters: number;
  weights: number;
  kept: number;
}

/** How many numbers an operation's weights have, null where they are not made yet, and whether it has some to compute with. */
export interface Counted {
  readonly parameters: number | null;
  readonly hasWeights: boolean;
}

/** Counts what operations have: each layer in them is gone through once, however deep it is, as long as none is shared. */
export function counterOf(operations: readonly Operation[]): (operation: Operation) => Counted {
  const counts = new Map<Operation, Counts>();
  const met = new Set<object>();
  const pending = operations.map((operation): [Operation, Counts | null] => [operation, null]);
  for (const [layer, around] of pending) {
    if (!(layer instanceof Layer)) continue;
    if (counts.has(layer)) {
      if (around) around.isShared = true;
      continue;
    }
    const [weights, kept] = [layer.ownVariables, ownKept(layer)];
    const isShared =
      weights.some((each) => met.has(each)) || layer.countParams !== Layer.prototype.countParams;
    for (const each of weights) met.add(each);
    const parameters = sizeOf(weights).parameters + sizeOf(kept).parameters;
    const own = { around, isShared, parameters, weights: weights.length, kept: kept.length };
    counts.set(layer, own);
    for (const each of layer.sublayers()) pending.push([each, own]);
  }
  for (const { around, isShared, parameters, weights, kept } of [...counts.values()].reverse()) {
    if (!around) continue;
    around.isShared ||= isShared;
    around.parameters += parameters;
    around.weights += weights;
    around.kept += kept;
  }
  return (operation) => {
    const found = counts.get(operation);
    const layer = operation instanceof Layer ? operation : null;
    if (!found || found.isShared)
      return { parameters: parametersOf(operation), hasWeights: layer !== null && layer.weights.length > 0 };
    const isMade = layer?.built || found.kept > 0;
    return { parameters: isMade ? found.parameters : null, hasWeights: found.weights > 0 };
  };
}
