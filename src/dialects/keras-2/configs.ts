import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict, type Named } from "../change.ts";
import { refusing } from "../notes.ts";
import { turned, unwrapped } from "./entries.ts";
import { oldConfigOf } from "./layers.ts";

/** What stands for `hard_sigmoid`, which was another function in Keras 2. */
export const OLD_HARD_SIGMOID = "tf_keras>hard_sigmoid";

/** A config of Keras 2 as Keras 3 writes it. */
export function readConfig(config: JsonObject, about: Named): JsonObject {
  const { module } = about;
  const old = oldConfigOf(about);
  const { renamed = {}, gone = {}, values = {}, unsaid, whole } = old;
  const refused = new Map<string, string>();
  const result = turned(config, (key, given) => {
    const value = unwrapped(given);
    // What every object has is in no table.
    if (key in Object.prototype) return [key, value];
    const left = gone[key]?.(value);
    if (left === true) return null;
    if (typeof left === "string") refused.set(key, left);
    if (renamed[key] !== undefined) return [renamed[key], value];
    if (key === "batch_input_shape") return null;
    if (key === "dtype") return module === "keras.initializers" ? null : [key, policyIn(value)];
    if (key.endsWith("activation") && value === "hard_sigmoid") return [key, OLD_HARD_SIGMOID];
    return [key, values[key]?.(value) ?? value];
  });
  for (const key in unsaid) result[key] ??= unsaid[key]!;
  return refusing(whole ? whole(result, about) : result, refused);
}

/** A policy by its name: `{"class_name": "Policy", "config": {"name": "mixed_float16"}}`. */
function policyIn(dtype: JsonValue): JsonValue {
  const isPolicy = isDict(dtype) && typeof dtype.class_name === "string" && /^Policy/.test(dtype.class_name);
  return isPolicy && isDict(dtype.config) ? (dtype.config.name ?? null) : dtype;
}
