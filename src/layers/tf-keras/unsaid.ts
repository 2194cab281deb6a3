import type { Arguments, KerasTensor, Keywords } from "../../graph/graph.ts";
import type { Layer } from "../layer.ts";
import { hasMask, isOwn, maskTensor } from "./masks-made.ts";

/**
 * The sequences of a recurrent layer's call, where they have a mask that the call does not say and that Keras 3 has not: it
 * passes over masks beside states, and joins masks otherwise. Null for all other calls.
 */
export function unsaid(args: Arguments, kwargs: Keywords): KerasTensor | null {
  const [sequences, states = kwargs.initial_state, mask = kwargs.mask] = args;
  if (mask != null || !hasMask(sequences)) return null;
  return states != null || isOwn(sequences) ? sequences : null;
}

/** Calls a recurrent layer of Keras 2 with the mask that it looks at; undefined where the call says it, or nothing can. */
export function sayMask(this: Layer, args: Arguments, kwargs: Keywords): unknown {
  const sequences = unsaid(args, kwargs);
  const mask = sequences && maskTensor(sequences);
  if (!mask) return undefined;
  const [, states, , ...rest] = args;
  return args.length > 2
    ? this.invoke([sequences, states, mask, ...rest], kwargs)
    : this.invoke(args, { ...kwargs, mask });
}
