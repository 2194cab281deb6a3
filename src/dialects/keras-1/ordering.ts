import { setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** Layers that know where channels are and did not write it. */
const silent = /^(?:ZeroPadding|UpSampling|Cropping|SpatialDropout)[23]D$/;

/**
 * A config in which layers that do not say where channels are say what others in it do: Keras 1 took that from the
 * settings of the machine.
 */
export function ordered(config: JsonObject): JsonObject {
  const order = orderIn(config);
  return order === undefined ? config : (withOrder(config, order) as JsonObject);
}

function orderIn(value: JsonValue | undefined): JsonValue | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (isDict(value) && (value.dim_ordering === "th" || value.dim_ordering === "tf"))
    return value.dim_ordering;
  for (const item of Object.values(value)) {
    const found = orderIn(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

function withOrder(value: JsonValue, order: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const list = value.map((item) => withOrder(item, order));
    copyMarks(value, list);
    return list;
  }
  const { class_name: name, config } = value;
  const result: JsonObject = {};
  copyMarks(value, result);
  for (const key of Object.keys(value)) setEntry(result, key, withOrder(value[key]!, order));
  const lacks =
    typeof name === "string" && silent.test(name) && isDict(config) && !("dim_ordering" in config);
  if (lacks) (result.config as JsonObject).dim_ordering = order;
  return result;
}
