import { setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, isFloat, keysOf, markFloat } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** What becomes of an entry of a config: its new key and value; null where it is left out. */
export type Turn = (key: string, value: JsonValue) => readonly [key: string, value: JsonValue] | null;

/** A config of the same entries in the same order, each as `turn` gives it. */
export function turned(config: JsonObject, turn: Turn): JsonObject {
  const result: JsonObject = {};
  copyMarks(config, result);
  for (const key of keysOf(config)) {
    const entry = turn(key, config[key]!);
    if (!entry) continue;
    setEntry(result, entry[0], entry[1]);
    if (isFloat(config, key)) markFloat(result, entry[0]);
  }
  return result;
}

/** The same value with its marks, but for the parts that `replace` gives something for; into all others it goes. */
export function replaced(value: JsonValue, replace: (part: JsonValue) => JsonValue | undefined): JsonValue {
  const other = replace(value);
  if (other !== undefined) return other;
  if (Array.isArray(value)) {
    const list = value.map((item) => replaced(item, replace));
    copyMarks(value, list);
    return list;
  }
  if (!isDict(value)) return value;
  const dict: JsonObject = {};
  copyMarks(value, dict);
  for (const key of Object.keys(value)) setEntry(dict, key, replaced(value[key]!, replace));
  return dict;
}

/** The only one of a list of one; anything else as it is. */
export function single(value: JsonValue): JsonValue {
  return Array.isArray(value) && value.length === 1 ? value[0]! : value;
}

/**
 * What a NumPy array was written as, which JSON cannot say: `{"type": "ndarray", "value": …}`, in `.keras` files of 2.12
 * `{"class_name": "__numpy__", "config": {"value": …, "dtype": …}}`.
 */
export function unwrapped(value: JsonValue): JsonValue {
  if (!isDict(value)) return value;
  if (value.type === "ndarray" && value.value !== undefined) return value.value;
  const { class_name: name, config } = value;
  return name === "__numpy__" && isDict(config) && config.value !== undefined ? config.value : value;
}
