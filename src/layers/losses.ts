import { ModelError } from "../errors.ts";
import type { Operation } from "../graph/graph.ts";
import { flatten, type Nested } from "../graph/nested.ts";
import { attachment } from "../json/attachment.ts";
import { inspect } from "../json/inspect.ts";
import type { Numeric } from "../program/emit.ts";
import { Value } from "../program/value.ts";
import type { Variable } from "../program/variable.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { Tensor } from "../tensor/tensor.ts";

/** The outermost call that penalties are of. */
export type CallLosses = object;

interface Kept {
  readonly call: CallLosses;
  readonly own: Tensor[];
}

const kept = /* @__PURE__ */ attachment<Kept>();
const lastCalls = /* @__PURE__ */ attachment<CallLosses>();

/** A layer with a penalty on its outputs, or none. */
type Penalized = Operation & { readonly activity_regularizer: Regularizer | null };

/** Begins an outermost call of a layer: what was kept of the one before does not count any more. */
export function startLosses(layer: object): CallLosses {
  const call = {};
  lastCalls.set(layer, call);
  return call;
}

/** Works out the penalty on a layer's outputs; of a call on tensors the layer keeps it. */
export function addActivityLosses(layer: Penalized, outputs: unknown, call: CallLosses): void {
  const { activity_regularizer: regularizer } = layer;
  if (!regularizer) return;
  for (const output of flatten(outputs as Nested<Numeric>)) {
    const loss: unknown = regularizer.call(output);
    if (loss instanceof Value) continue;
    if (!(loss instanceof Tensor))
      throw layer.problem(`expected its activity_regularizer to give a tensor, received ${inspect(loss)}.`);
    const before = kept.get(layer);
    if (before?.call === call) before.own.push(loss);
    else kept.set(layer, { call, own: [loss] });
  }
}

/** The penalties of a layer and those inside: on the outputs of its last call, then on the trained weights. */
export function lossesOf(root: object, layers: readonly object[], weights: readonly Variable[]): Tensor[] {
  const call = lastCalls.get(root);
  const ofOutputs = layers.flatMap((layer): readonly Tensor[] => {
    const found = kept.get(layer);
    return found && (!call || found.call === call) ? found.own : [];
  });
  const ofWeights = weights.flatMap((variable) => {
    if (!variable.trainable || !variable.regularizer) return [];
    const loss = variable.regularizer.call(variable);
    if (loss instanceof Tensor) return [loss];
    throw new ModelError(
      variable.path,
      `expected its regularizer to give a tensor, received ${inspect(loss)}.`,
    );
  });
  return [...ofOutputs, ...ofWeights];
}
