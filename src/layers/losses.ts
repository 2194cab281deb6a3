import { flatten, type Nested } from "../graph/nested.ts";
import { attachment } from "../json/attachment.ts";
import { runCalling } from "../program/calling.ts";
import { evaluatorOf } from "../program/eager.ts";
import type { Result } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";
import type { Regularizer } from "../regularizers/regularizer.ts";
import { Tensor } from "../tensor/tensor.ts";

/** The penalties on the outputs of one outermost call, in the order they came up. */
export type CallLosses = Result[];

interface Kept {
  /** The outermost call that the penalties are of. */
  readonly call: CallLosses;
  readonly own: Tensor[];
}

const kept = /* @__PURE__ */ attachment<Kept>();

interface Penalized {
  readonly activity_regularizer: Regularizer | null;
}

/** Adds the penalty on a layer's outputs to the call that runs; of a call on tensors the layer keeps it. */
export function addActivityLosses(layer: Penalized, outputs: unknown, call: CallLosses): void {
  const { activity_regularizer: regularizer } = layer;
  if (!regularizer) return;
  for (const output of flatten(outputs as Nested<Result>)) {
    const loss = regularizer.call(output);
    call.push(loss);
    if (!(loss instanceof Tensor)) continue;
    const before = kept.get(layer);
    if (before?.call === call) before.own.push(loss);
    else kept.set(layer, { call, own: [loss] });
  }
}

/** The penalties of layers: on the outputs of their last calls, then on their trained weights. */
export function lossesOf(layers: readonly object[], weights: readonly Variable[]): Result[] {
  const ofOutputs = layers.flatMap((layer): readonly Result[] => kept.get(layer)?.own ?? []);
  const penalized = weights.filter(({ regularizer, trainable }) => regularizer && trainable);
  const tensors = [...ofOutputs, ...penalized.map(({ value }) => value)];
  const evaluate = tensors.map(evaluatorOf).find((found) => found !== undefined);
  const ofWeights = runCalling(evaluate ? { evaluate } : {}, () =>
    penalized.map((variable) => variable.regularizer?.call(variable) as Result),
  );
  return [...ofOutputs, ...ofWeights];
}
