import { comparable } from "../../json/comparable.ts";
import { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";
import type { Shape } from "../../tensor/shape.ts";
import { Behind, outputsOf } from "./behind.ts";

/** What is known of a layer's call. */
export interface Fed {
  /** The rank of its input. */
  readonly rank: number;
  /** How many tensors it is given. */
  readonly count: number;
  /** Whether its input carries a mask. */
  readonly isMasked: boolean;
  /** The shape of its output. */
  readonly output: Shape;
  /** Whether nothing behind it looks at the mask that comes out of it, and no output of the model has it. */
  isMaskIdle(): boolean;
  /** Whether something behind it computes by the mask that comes out of it. */
  isMaskUsed(): boolean;
  /** Whether something behind it takes the steps that the mask leaves out, too. */
  isWholeTaken(): boolean;
}

/**
 * What is fed to a layer, by the names of those around it and its own: once for all calls alike; nothing where that is not
 * known.
 */
export type FedFinder = (path: readonly string[]) => readonly Fed[];

/** What the layers of a model are fed, and those of the models in it. */
export function fedFinder(model: Model): FedFinder {
  const behind = new Behind(model);
  return ([, ...path]) => {
    const layer = layerAt(model, path);
    if (!layer) return [];
    const all = outputsOf(layer);
    const found = new Map<string, Fed>();
    for (const { inputs, outputs } of layer.inboundNodes) {
      const [first] = inputs;
      const [output] = outputs;
      if (!first || !output) continue;
      const rank = first.shape.length;
      const areMasked = inputs.some((tensor) => behind.isMasked(tensor));
      // Whether a mask that comes in goes through a model, its calls do not say.
      const handsOn = layer instanceof Model && areMasked;
      found.set(comparable([rank, inputs.length, areMasked, ...output.shape]), {
        rank,
        count: inputs.length,
        isMasked: areMasked,
        output: output.shape,
        isMaskIdle: () => behind.isMaskIdle(all),
        isMaskUsed: () => behind.isMaskUsed(all, handsOn),
        isWholeTaken: () => behind.isWholeTaken(all),
      });
    }
    return [...found.values()];
  };
}

function layerAt(model: Model, path: readonly string[]): Layer | null {
  let found: Layer = model;
  for (const name of path) {
    const held = "layer" in found ? [found.layer] : [];
    const inside: readonly unknown[] = found instanceof Model ? found.layers : held;
    const inner = inside.find((layer): layer is Layer => layer instanceof Layer && layer.name === name);
    if (!inner) return null;
    found = inner;
  }
  return found;
}
