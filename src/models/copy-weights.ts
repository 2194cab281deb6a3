import { ModelError } from "../errors.ts";
import { sameShape } from "../tensor/shape.ts";
import type { Model } from "./model.ts";

/** Gives a clone the weights of its original; a value not read yet stays unread until it is needed. */
export function copyWeights(from: Model, to: Model): void {
  const sources = from.weights;
  const targets = to.weights;
  const fits =
    sources.length === targets.length &&
    sources.every(
      ({ shape, dtype }, i) => sameShape(shape, targets[i]!.shape) && dtype === targets[i]!.dtype,
    );
  if (!fits) {
    throw new ModelError(
      "cloneModel",
      `weights: "copy" needs a clone with the original's weights, received one where they differ: ${sources.length} weights against ${targets.length}, or other shapes. Copy them layer by layer.`,
    );
  }
  for (const [i, source] of sources.entries()) targets[i]!.copyFrom(source);
}
