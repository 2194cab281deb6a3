import { copyJson } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict, picked } from "../change.ts";

const KEY = "batch_input_shape";

/** A layer's config that says the shape of its input, which Keras 2 was given with the layer. */
export function withShape(config: JsonObject, shape: JsonValue): JsonObject {
  const result = { ...config, [KEY]: copyJson(shape) };
  copyMarks(config, result);
  return arranged(result, (shape, dtype) => Math.min(shape, dtype + 1));
}

/** The same where that stands in front of the dtype, as it did before 2.13. */
export function withShapeFirst(config: JsonObject): JsonObject {
  return arranged(config, (shape, dtype) => Math.min(shape, dtype));
}

/** The envelope of a layer with that order in its config. */
export function envelopeWithShapeFirst(envelope: JsonObject): JsonObject {
  const { config } = envelope;
  if (!isDict(config)) return envelope;
  const first = withShapeFirst(config);
  return first === config ? envelope : Object.assign(envelope, { config: first });
}

function arranged(config: JsonObject, place: (shape: number, dtype: number) => number): JsonObject {
  const keys = Object.keys(config);
  const [shape, dtype] = [keys.indexOf(KEY), keys.indexOf("dtype")];
  if (shape < 0 || dtype < 0 || place(shape, dtype) === shape) return config;
  keys.splice(shape, 1);
  keys.splice(place(shape, dtype), 0, KEY);
  return picked(config, keys);
}
