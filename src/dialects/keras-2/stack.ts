import { copyEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict, picked, without } from "../change.ts";
import { originalOf } from "../notes.ts";
import { renamed } from "./names.ts";

/** The config of a Sequential of Keras 2 as Keras 3 writes it: its input stands in front of the layers. */
export function readStack(given: JsonObject): JsonObject {
  const config = renamed(given);
  const { layers } = config;
  const [first] = Array.isArray(layers) ? layers : [];
  const input = isDict(first) ? inputOf(first) : null;
  const result = { ...config };
  copyMarks(config, result);
  if (input) result.layers = [input, ...(layers as JsonValue[])];
  return result;
}

/** The config of a Sequential of Keras 3 as Keras 2 writes it; what it was read from says what is written of it. */
export function writeStack(config: JsonObject): JsonObject {
  const original = originalOf(config);
  const isNew = original === config;
  const layers = Array.isArray(config.layers) ? config.layers : [];
  const before = !isNew && Array.isArray(original.layers) ? original.layers : layers;
  const isInput = (layer: JsonValue | undefined) => isDict(layer) && layer.class_name === "InputLayer";
  const keys = isNew ? ["name"] : Object.keys(without(original, ["layers", "build_input_shape"]));
  const result = picked(config, keys);
  result.layers = isInput(before[0]) ? layers : layers.filter((layer) => !isInput(layer));
  if (!isNew && Object.hasOwn(original, "build_input_shape"))
    copyEntry(original, result, "build_input_shape");
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
