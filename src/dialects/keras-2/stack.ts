import { copyEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict, type Named, picked, without } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { originalOf } from "../notes.ts";
import { withShape } from "./input-shape.ts";
import { renamed } from "./names.ts";
import { sayScopes } from "./scopes.ts";

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
export function writeStack(config: JsonObject, _: Named, lacks: Lacks): JsonObject {
  const original = originalOf(config);
  const isNew = original === config;
  const layers = Array.isArray(config.layers) ? config.layers : [];
  if (isNew) sayScopes(layers, lacks);
  const before = !isNew && Array.isArray(original.layers) ? original.layers : layers;
  const isInput = (layer: JsonValue | undefined) => isDict(layer) && layer.class_name === "InputLayer";
  const keys = isNew ? ["name"] : Object.keys(without(original, ["layers", "build_input_shape"]));
  const result = picked(config, keys);
  const kept = isInput(before[0]) ? layers : layers.filter((layer) => !isInput(layer));
  result.layers = isNew ? shaped(kept) : kept;
  if (!isNew && Object.hasOwn(original, "build_input_shape"))
    copyEntry(original, result, "build_input_shape");
  return result;
}

/**
 * The layers of a stack whose input is called after the first of them: Keras 2 calls it so where that layer was given the
 * shape, and says the shape there, too.
 */
function shaped(layers: readonly JsonValue[]): JsonValue[] {
  const [input, first, ...others] = layers;
  if (!isDict(input) || !isDict(first) || !isDict(input.config) || !isDict(first.config)) return [...layers];
  const { batch_input_shape: shape, name } = input.config;
  const { name: called, layers: inner } = first.config;
  if (name !== `${called}_input` || !Array.isArray(shape) || Array.isArray(inner)) return [...layers];
  const config = withShape(first.config, shape);
  const [, length] = shape;
  // An Embedding is given the length of its sequences.
  if (first.class_name === "Embedding" && shape.length === 2) config.input_length = length!;
  const given = { ...first, config };
  copyMarks(first, given);
  return [input, given, ...others];
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
