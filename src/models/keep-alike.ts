import type { Layer } from "../layers/layer.ts";
import { withSublayers } from "../layers/weights.ts";
import { pairs } from "../pairs.ts";
import type { Variable } from "../program/variable.ts";
import type { Model } from "./model.ts";

/**
 * Gives a clone what no config says and nobody here can make: the classes that unknown models are of, weights that are
 * quantized, and those whose initializer is not known. Layers that stand where they stood in the original get it.
 */
export function keepAlike(original: Model, clone: Model): void {
  const originals = withSublayers<Layer>(original);
  if (!originals.some(({ handOn, ownVariables }) => handOn || ownVariables.some(lacksInitializer))) return;
  const clones = withSublayers<Layer>(clone);
  if (originals.length !== clones.length) return;
  for (const [from, to] of pairs(originals, clones)) {
    if (from === to || from.constructor !== to.constructor) continue;
    from.handOn?.(to);
    for (const [i, variable] of from.ownVariables.entries()) {
      const own = to.ownVariables[i];
      if (own && lacksInitializer(own)) own.copyFrom(variable);
    }
  }
}

function lacksInitializer({ initializer }: Variable): boolean {
  if (initializer === null || !("missingCode" in initializer)) return false;
  return (initializer.missingCode as readonly string[]).length > 0;
}
