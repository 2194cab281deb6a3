import type { JsonObject, JsonValue } from "../../json/json.ts";
import { isDict } from "../change.ts";

/** A Lambda's config as Keras 2 writes it: beside each function what kind it is. */
export function writeLambda(config: JsonObject): JsonObject {
  const { function: fn = null, output_shape: shape = null, mask = null, ...rest } = config;
  const result: JsonObject = { ...rest, ...described("function", fn) };
  Object.assign(result, described("output_shape", shape));
  result.arguments = config.arguments ?? {};
  if (mask !== null) Object.assign(result, described("mask", mask));
  return result;
}

function described(key: string, value: JsonValue): JsonObject {
  const [written, type] = kindOf(value);
  return { [key]: written, [`${key}_type`]: type, [key === "function" ? "module" : `${key}_module`]: null };
}

function kindOf(value: JsonValue): readonly [JsonValue, string] {
  if (!isDict(value)) return [value, "raw"];
  const { class_name: name, config } = value;
  if (name === "function") return [config ?? null, "function"];
  if (name !== "__lambda__" || !isDict(config)) return [value, "raw"];
  const { code = null, defaults = null, closure = null } = config;
  return [[code, defaults, closure], "lambda"];
}
