import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict } from "./change.ts";

/** What configs of the layers that ConvNeXt has of its own must say. */
const ofConvNext: Readonly<Record<string, readonly string[]>> = {
  LayerScale: ["init_values", "projection_dim"],
  StochasticDepth: ["drop_path_rate"],
};

/** What configs of all layers may say. */
const ofLayers: readonly string[] = ["name", "trainable", "dtype"];

/**
 * The module of a layer that an architecture of Keras has of its own, where texts and HDF5 files say no more than its name;
 * null for others. Somebody's own layer may be called like it: of Keras are those that say what it requires, and nothing else.
 */
export function architectureOf(envelope: JsonObject): string | null {
  const { module, registered_name: registered, class_name: name, config = null } = envelope;
  if (module !== undefined || registered !== undefined || !isDict(config)) return null;
  const own = isOfConvNext(name) ? ofConvNext[name]! : null;
  const isItself =
    own?.every((key) => Object.hasOwn(config, key)) &&
    Object.keys(config).every((key) => own.includes(key) || ofLayers.includes(key));
  return isItself ? "keras.src.applications.convnext" : null;
}

function isOfConvNext(name: JsonValue | undefined): name is string {
  return typeof name === "string" && Object.hasOwn(ofConvNext, name);
}
