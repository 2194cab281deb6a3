import type { JsonObject, JsonValue } from "../../json/json.ts";
import { turned } from "./entries.ts";

/** Keys that say what another one holds. */
const abouts = [
  "function_type",
  "module",
  "output_shape_type",
  "output_shape_module",
  "mask_type",
  "mask_module",
];

/** A Lambda's config. Its functions were written as Python's bytecode, or by their names. */
export function readLambda(config: JsonObject): JsonObject {
  return turned(config, (key, value) => {
    if (abouts.includes(key)) return null;
    const type = config[`${key}_type`];
    if (type === "lambda") return [key, codeIn(value)];
    return [key, type === "function" ? functionNamed(value) : value];
  });
}

/** `["4wEAAAA…", null, null]`: code, defaults and what it closes over. */
function codeIn(value: JsonValue): JsonValue {
  if (!Array.isArray(value)) return value;
  const [code = null, defaults = null, closure = null] = value;
  return { class_name: "__lambda__", config: { code, defaults, closure } };
}

function functionNamed(name: JsonValue): JsonValue {
  if (typeof name !== "string") return name;
  return { module: "builtins", class_name: "function", config: name, registered_name: "function" };
}
