import { isDict } from "../dialects/change.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";

/**
 * Whether the entry of a graph is an operation that Keras 3 wrote without its module, as in HDF5 files: it may have the name
 * of a layer there (`Multiply`, `Add`), but has no `trainable`.
 */
export function isBareOperation(entry: JsonValue): entry is JsonObject {
  if (!isDict(entry) || "module" in entry || !isDict(entry.config)) return false;
  const { config } = entry;
  return !["trainable", "batch_shape", "layers"].some((key) => key in config);
}
