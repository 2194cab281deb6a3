import type { JsonObject } from "../json/json.ts";
import { isDict } from "./change.ts";

/** Layers that architectures have of their own: where, and what their configs must say. */
const layers: Readonly<Record<string, readonly [module: string, own: readonly string[]]>> = {
  CustomScaleLayer: ["inception_resnet_v2", ["scale"]],
  LayerScale: ["convnext", ["init_values", "projection_dim"]],
  StochasticDepth: ["convnext", ["drop_path_rate"]],
};

/** What configs of all layers may say. */
const ofLayers: readonly string[] = ["name", "trainable", "dtype", "batch_input_shape"];

/**
 * The module of a layer that an architecture of Keras has of its own, where texts and HDF5 files say no more than its name;
 * null for others. Somebody's own layer may be called like it: of Keras are those that say what it requires, and nothing else.
 */
export function architectureOf(envelope: JsonObject): string | null {
  const { module, registered_name: registered = null, class_name: name, config = null } = envelope;
  const found = typeof name === "string" ? homeOf(name) : null;
  if (found === null || module !== undefined || !isDict(config)) return null;
  const [, own] = layers[name as string]!;
  const isItself =
    (registered === null || registered === name) &&
    own.every((key) => Object.hasOwn(config, key)) &&
    Object.keys(config).every((key) => own.includes(key) || ofLayers.includes(key));
  return isItself ? found : null;
}

/** The module of the layer that an architecture has under a name; null where none has. */
export function homeOf(name: string): string | null {
  return Object.hasOwn(layers, name) ? `keras.src.applications.${layers[name]![0]}` : null;
}
