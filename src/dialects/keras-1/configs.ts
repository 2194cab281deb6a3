import type { JsonObject, JsonValue } from "../../json/json.ts";
import { turned } from "../keras-2/entries.ts";
import { oldLayers } from "./layers.ts";
import { readInitializer, readPart } from "./values.ts";

/** The config of a layer of Keras 1, of a class by the name that it has now, as Keras 2 writes it. */
export function readConfig(config: JsonObject, className: string): JsonObject {
  const {
    renamed = {},
    gone = {},
    values = {},
    unsaid = {},
    whole,
  } = (Object.hasOwn(oldLayers, className) && oldLayers[className]) || {};
  const result = turned(config, (key, value) => {
    if (ownAt(gone, key)?.(value)) return null;
    if (key === "input_dtype") return className === "InputLayer" ? ["dtype", value] : null;
    return [ownAt(renamed, key) ?? key, ownAt(values, key)?.(value) ?? valueUnder(key, value)];
  });
  for (const key of Object.keys(unsaid)) result[key] ??= unsaid[key]!;
  return whole ? whole(result, { module: "keras.layers", className }) : result;
}

/** What a table has under a key that a stranger wrote. */
function ownAt<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function valueUnder(key: string, value: JsonValue): JsonValue {
  if (key === "dim_ordering") return value === "th" ? "channels_first" : "channels_last";
  if (key === "init" || key.endsWith("_init")) return readInitializer(value);
  return key.endsWith("_regularizer") || key.endsWith("_constraint") ? readPart(value) : value;
}
