import type { JsonArray, JsonObject, JsonValue } from "../../../json/json.ts";
import { copyMarks } from "../../../json/marks.ts";
import { isDict } from "../../change.ts";
import { CONSTANT, listOf, type Part, part, partAt, tensorOf } from "./part.ts";

/** One call of a layer as Keras 2 writes it. */
export interface OldCall {
  /** What it takes first: a tensor, a constant, or lists of them. */
  readonly x: Part;
  readonly kwargs: JsonObject;
}

/** Whether a value names a tensor of a graph of Keras 2, its keyword arguments behind it or not. */
export function isOldHistory(value: JsonValue | undefined): value is JsonArray {
  if (!Array.isArray(value) || value.length < 3 || value.length > 4) return false;
  const [name, node, tensor] = value;
  return (
    typeof name === "string" && Number.isInteger(node) && (Number.isInteger(tensor) || name === CONSTANT)
  );
}

/** Reads a call; `isLayer` says which names are those of layers, as a list of constants may look like a tensor. */
export function readOldCall(node: JsonValue, isLayer: (name: string) => boolean): OldCall {
  let kwargs: JsonObject | null = null;
  const read = (value: JsonValue): Part => {
    if (isOldHistory(value)) {
      if (kwargs === null && isDict(value[3])) kwargs = value[3];
      return value[0] === CONSTANT ? partAt(value, 2) : part(tensorOf(value.slice(0, 3)));
    }
    return Array.isArray(value) ? part(listOf(value.map(read))) : part(value);
  };
  const x = read(node);
  return { x, kwargs: withTensors(kwargs ?? {}, isLayer) };
}

/** Keyword arguments with the tensors in them as Keras 3 names them. */
function withTensors(kwargs: JsonObject, isLayer: (name: string) => boolean): JsonObject {
  const read = (value: JsonValue): JsonValue => {
    if (!Array.isArray(value)) return value;
    if (value.length === 3 && isOldHistory(value) && isLayer(String(value[0]))) return tensorOf(value);
    return value.some((item) => Array.isArray(item))
      ? listOf(value.map((item, i) => ({ ...partAt(value, i), value: read(item) })))
      : value;
  };
  const copy: JsonObject = { ...kwargs };
  copyMarks(kwargs, copy);
  for (const [key, value] of Object.entries(kwargs)) if (Array.isArray(value)) copy[key] = read(value);
  return copy;
}
