import { ModelError } from "../errors.ts";
import { pairs } from "../pairs.ts";
import { sameShape } from "../tensor/shape.ts";
import { shareWeights } from "./held-open.ts";
import type { Model } from "./model.ts";

/** Gives a clone the weights of its original; a value not read yet stays unread until it is needed. */
export function copyWeights(from: Model, to: Model): void {
  const sources = from.weights;
  const targets = to.weights;
  const fits =
    sources.length === targets.length &&
    pairs(sources, targets).every(
      ([source, target]) => sameShape(source.shape, target.shape) && source.dtype === target.dtype,
    );
  if (!fits) {
    throw new ModelError(
      "cloneModel",
      `weights: "copy" needs a clone with the original's weights, received one where they differ: ${sources.length} weights against ${targets.length}, or other shapes. Copy them layer by layer.`,
    );
  }
  for (const [source, target] of pairs(sources, targets)) target.copyFrom(source);
  shareWeights(from, to);
}
