import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** The config of a functional model of Keras 1 as Keras 2 writes it. */
export function readGraph(config: JsonObject): JsonObject {
  const { layers } = config;
  if (!Array.isArray(layers) || !layers.some(isCosine)) return config;
  const entries = layers.flatMap((entry): JsonValue[] => (isCosine(entry) ? cosineOf(entry) : [entry]));
  const result = { ...config, layers: entries };
  copyMarks(config, result);
  return result;
}

function isCosine(entry: JsonValue): entry is JsonObject {
  return isDict(entry) && entry.class_name === "Merge" && isDict(entry.config) && entry.config.mode === "cos";
}

/** The cosine of two vectors, `(batch, 1, 1)`: their normalized product in one more dimension. */
function cosineOf({ config, name: given, inbound_nodes: nodes = null }: JsonObject): JsonObject[] {
  const { dot_axes: axes = -1, name = given ?? null } = isDict(config) ? config : {};
  const product = `${name}_dot`;
  const dot: JsonObject = { name: product, axes, normalize: true };
  const reshape: JsonObject = { name, target_shape: [1, 1] };
  const entries: JsonObject[] = [
    { class_name: "Dot", name: product, config: dot, inbound_nodes: nodes },
    { class_name: "Reshape", name, config: reshape, inbound_nodes: [[[product, 0, 0]]] },
  ];
  for (const part of [dot, reshape, ...entries]) mark(part);
  return entries;
}
