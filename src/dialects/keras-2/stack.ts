import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { renamed } from "./names.ts";

/** The config of a Sequential of Keras 2 as Keras 3 writes it: its input stands in front of the layers. */
export function readStack(given: JsonObject): JsonObject {
  const config = renamed(given);
  const { layers } = config;
  const [first] = Array.isArray(layers) ? layers : [];
  const input = isDict(first) ? inputOf(first) : null;
  if (!input) return config;
  const result = { ...config };
  copyMarks(config, result);
  result.layers = [input, ...(layers as JsonValue[])];
  return result;
}

/** The InputLayer that stands for what a first layer says of its input; null where it is one, or says nothing. */
function inputOf({ class_name: name, config }: JsonObject): JsonObject | null {
  if (name === "InputLayer" || !isDict(config) || !Array.isArray(config.batch_input_shape)) return null;
  const { batch_input_shape: shape, dtype } = config;
  const input: JsonObject = {
    batch_input_shape: shape,
    dtype: typeof dtype === "string" ? dtype : "float32",
  };
  if (typeof config.name === "string") input.name = `${config.name}_input`;
  const envelope: JsonObject = { class_name: "InputLayer", config: input };
  for (const part of [input, envelope]) mark(part);
  return envelope;
}
