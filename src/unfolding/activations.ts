import type { Activation } from "../activations/activation.ts";
import type { Layer } from "../layers/layer.ts";

/** An activation among the options of a layer. */
export interface OwnActivation {
  readonly key: string;
  readonly property: string;
  readonly activation: Activation;
}

/** The activations that a layer was given, by their keys. */
export function ownActivations(layer: Layer): OwnActivation[] {
  return Object.entries(layer.constructor.fields).flatMap(([key, { property = key }]) => {
    if (!key.endsWith("activation")) return [];
    const activation: unknown = Reflect.get(layer, property);
    return typeof activation === "function" ? [{ key, property, activation: activation as Activation }] : [];
  });
}
