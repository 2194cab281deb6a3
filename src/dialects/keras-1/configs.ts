import type { JsonObject, JsonValue } from "../../json/json.ts";
import { turned } from "../keras-2/entries.ts";
import { refusing } from "../notes.ts";
import { oldLayers } from "./layers.ts";
import { ownAt } from "./own-at.ts";
import { readInitializer, readPart } from "./values.ts";

/** The config of a layer of Keras 1, of a class by the name that it has now, as Keras 2 writes it. */
export function readConfig(config: JsonObject, className: string): JsonObject {
  const { renamed = {}, gone = {}, values = {}, unsaid = {}, whole } = ownAt(oldLayers, className) ?? {};
  const refused = new Map<string, string>();
  const result = turned(config, (key, value) => {
    const left = ownAt(gone, key)?.(value);
    if (left === true) return null;
    if (typeof left === "string") refused.set(key, left);
    if (key === "input_dtype") return className === "InputLayer" ? ["dtype", value] : null;
    return [ownAt(renamed, key) ?? key, ownAt(values, key)?.(value) ?? valueUnder(key, value)];
  });
  for (const key of Object.keys(unsaid)) result[key] ??= unsaid[key]!;
  return refusing(whole ? whole(result, { module: "keras.layers", className }) : result, refused);
}

function valueUnder(key: string, value: JsonValue): JsonValue {
  if (key === "dim_ordering") return value === "th" ? "channels_first" : "channels_last";
  if (key === "init" || key.endsWith("_init")) return readInitializer(value);
  return key.endsWith("_regularizer") || key.endsWith("_constraint") ? readPart(value) : value;
}
