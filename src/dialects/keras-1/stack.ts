import type { JsonObject } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** The config of a Sequential of Keras 1 as Keras 2 writes it. */
export function readStack(config: JsonObject): JsonObject {
  const { layers } = config;
  const [first] = Array.isArray(layers) ? layers : [];
  const input = isDict(first) ? inputOf(first) : null;
  if (!input || !Array.isArray(layers)) return config;
  const result = { ...config, layers: [input, ...layers] };
  copyMarks(config, result);
  return result;
}

/** The InputLayer that stands for what a first layer says of its input; null where it is one, or says nothing. */
export function inputOf({ class_name: name, config }: JsonObject): JsonObject | null {
  if (name === "InputLayer" || !isDict(config) || !Array.isArray(config.batch_input_shape)) return null;
  const { batch_input_shape: shape, input_dtype: dtype } = config;
  const input: JsonObject = { batch_input_shape: shape, input_dtype: dtype ?? "float32" };
  if (typeof config.name === "string") input.name = `${config.name}_input`;
  const envelope: JsonObject = { class_name: "InputLayer", config: input };
  for (const part of [input, envelope]) mark(part);
  return envelope;
}
