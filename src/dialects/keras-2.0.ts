import type { JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks } from "../json/marks.ts";
import { type Change, isDict } from "./change.ts";
import { readConfig } from "./keras-1/configs.ts";
import { readEnvelope } from "./keras-1/envelopes.ts";
import { readGraph } from "./keras-1/graph.ts";
import { ordered } from "./keras-1/ordering.ts";
import { readStack } from "./keras-1/stack.ts";

/** The version as which all that Keras 1 wrote is read. */
export const VERSION_READ = "2.9.0";

/** Nearly all keys of layers have other names. Nobody writes the older ones: they are read as a whole, before all else. */
export const keras200: Change = {
  since: 200,
  before: {
    dialect: 102,
    isSeenIn: ({ config }) =>
      isDict(config) && ["init", "border_mode", "dim_ordering", "input_dtype"].some((key) => key in config),
  },
};

/**
 * A model that Keras 1 wrote as Keras 2 writes it: nearly every class and key has another name, and merging is a class
 * for each way to do it. Nobody writes the older text again, so this is no step that is kept beside what was read.
 */
export function readKeras1(model: JsonObject): JsonObject {
  const result = readOne(ordered(model));
  if ("keras_version" in result) result.keras_version = VERSION_READ;
  return result;
}

function readOne(given: JsonObject): JsonObject {
  const envelope = readEnvelope(given);
  const result = { ...envelope };
  copyMarks(envelope, result);
  const { class_name: name, config, name: called } = envelope;
  if (Array.isArray(config)) result.config = withLayers(readStack({ name: called ?? null, layers: config }));
  else if (!isDict(config)) return result;
  else if (Array.isArray(config.layers)) result.config = withLayers(readGraph(config));
  else result.config = withLayer(readConfig(config, String(name)));
  return result;
}

function withLayers(config: JsonObject): JsonObject {
  const { layers } = config;
  const read = (entry: JsonValue) => (isDict(entry) ? readOne(entry) : entry);
  const result = { ...config, ...(Array.isArray(layers) && { layers: layers.map(read) }) };
  copyMarks(config, result);
  return result;
}

/** What wraps another layer has its envelope. */
function withLayer(config: JsonObject): JsonObject {
  const { layer } = config;
  if (!isDict(layer) || !("class_name" in layer)) return config;
  const result = { ...config, layer: readOne(layer) };
  copyMarks(config, result);
  return result;
}
