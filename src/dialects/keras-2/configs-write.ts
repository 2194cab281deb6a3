import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Named } from "../change.ts";
import { OLD_HARD_SIGMOID } from "./configs.ts";
import { turned } from "./entries.ts";
import { oldConfigOf } from "./layers.ts";

/** A config of Keras 3 as Keras 2 writes it. What is given may be changed. */
export function writeConfig(config: JsonObject, about: Named): JsonObject {
  const { renamed = {} } = oldConfigOf(about);
  const names = new Map(Object.entries(renamed).map(([old, now]) => [now, old]));
  return turned(config, (key, value) => {
    if (key === "dtype") return [key, policyOf(value)];
    if (key.endsWith("activation")) return [key, activationOf(value)];
    return [names.get(key) ?? key, value];
  });
}

/** A policy by its name, or in an envelope where that is no dtype. */
function policyOf(dtype: JsonValue): JsonValue {
  if (typeof dtype !== "string" || !dtype.startsWith("mixed_")) return dtype;
  return { class_name: "Policy", config: { name: dtype } };
}

function activationOf(value: JsonValue): JsonValue {
  const isOld =
    typeof value === "object" && value !== null && "config" in value && value.config === OLD_HARD_SIGMOID;
  return isOld ? "hard_sigmoid" : value;
}
