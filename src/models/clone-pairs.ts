import type { Operation } from "../graph/graph.ts";
import { Layer } from "../layers/layer.ts";
import { Model } from "./model.ts";

/** A layer and what became of it in a clone. */
export interface ClonePair<L extends Layer = Layer> {
  readonly from: L;
  readonly to: L;
}

/** What a layer was cloned to, as far as that was written down. */
export type CloneOf = (layer: Operation) => Operation | undefined;

/** The layers inside a layer and their clones; none where they can be told neither by what is written nor by their order. */
export function pairsInside({ from, to }: ClonePair, cloneOf: CloneOf): ClonePair[] {
  const layers = partsOf(from);
  const clones = partsOf(to);
  const known = new Set<Operation>(clones);
  const found: ClonePair[] = [];
  for (const [i, layer] of layers.entries()) {
    const written = cloneOf(layer);
    const clone = written && known.has(written) ? written : layers.length === clones.length && clones[i];
    if (!(clone instanceof Layer)) {
      if (layer.built && layer.weights.length === 0) continue;
      return [];
    }
    if (clone !== layer) found.push({ from: layer, to: clone });
  }
  return found;
}

/** A model and the models directly inside it, and so on, each with its clone. */
export function* modelPairs(from: Model, to: Model, cloneOf: CloneOf): Generator<ClonePair<Model>> {
  const pending: ClonePair<Model>[] = [{ from, to }];
  const seen = new Set<Model>([to]);
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    yield pair;
    if (!pair.from.layers.some((layer) => layer instanceof Model)) continue;
    for (const inside of pairsInside(pair, cloneOf)) {
      if (!(inside.from instanceof Model && inside.to instanceof Model) || seen.has(inside.to)) continue;
      seen.add(inside.to);
      pending.push({ from: inside.from, to: inside.to });
    }
  }
}

function partsOf(layer: Layer): readonly Layer[] {
  return layer instanceof Model ? layer.layers : layer.sublayers();
}
