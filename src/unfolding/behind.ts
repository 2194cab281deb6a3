import { activationName } from "../activations/field.ts";
import { linear } from "../activations/functions.ts";
import type { KerasTensor, Operation } from "../graph/graph.ts";
import { Activation } from "../layers/activation/activation.ts";
import type { Layer } from "../layers/layer.ts";
import { copyObject } from "../registry/configurable.ts";
import { lacks } from "./lacks.ts";
import { rowOf } from "./operations/index.ts";
import type { Given } from "./operations/operation-row.ts";
import { sumsOf } from "./sums.ts";
import { called, type Target, type Unfolding } from "./unfolding.ts";

/** An op, as activations are. */
interface ActivationOp {
  readonly Operation?: Operation["constructor"];
  readonly fields?: Readonly<Record<string, { readonly default?: unknown }>>;
}

/** A layer that ends with an activation which a version does not have: without it, and the operations behind it. */
export function withActivationBehind(layer: Layer, { dialect }: Target): Unfolding | null {
  const { activation } = layer as Layer & { readonly activation?: ActivationOp & ((x: never) => unknown) };
  const row = activation?.Operation && rowOf(activation.Operation);
  const isLast = layer instanceof Activation || isAppliedLast(layer);
  if (!activation || !row || !isLast) return null;
  const options = Object.entries(activation.fields ?? {}).map(([key, field]) => [key, field.default]);
  const calls = (x: KerasTensor) => row({ ...Object.fromEntries(options), x } as Given) as KerasTensor;
  const says = `its ${activationName(activation as never)} is written out as operations.`;
  if (layer instanceof Activation) return called(calls, null, says);
  const copy = copyObject(layer);
  Object.assign(copy, { activation: linear });
  return lacks(dialect, copy) ? null : called((x) => calls(copy.apply(x)), copy, says);
}

/** Whether what an activation gives is what the layer gives: not in recurrent layers. */
function isAppliedLast({ constructor: { className, module } }: Layer): boolean {
  const sums = sumsOf(className, "activation");
  return module === "keras.layers" && sums !== undefined && !sums.weights.includes("recurrent_kernel");
}
