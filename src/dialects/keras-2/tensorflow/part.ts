import type { JsonArray, JsonObject, JsonValue } from "../../../json/json.ts";
import { isFloat, isMarked, mark, markFloat } from "../../../json/marks.ts";
import { isDict } from "../../change.ts";

/** Stands in place of a layer's name where what follows is a value. */
export const CONSTANT = "_CONSTANT_VALUE";

/** A value on its way from one list or dict into another, with what the marks of the first said of it. */
export interface Part {
  readonly value: JsonValue;
  readonly isFloat: boolean;
}

/** A value that is made here: whole numbers are ints. */
export function part(value: JsonValue): Part {
  return { value, isFloat: false };
}

/** A float that is made here. */
export function floatPart(value: number): Part {
  return { value, isFloat: true };
}

/** The value at a key or an index. */
export function partAt(container: JsonObject | JsonArray, key: string | number): Part {
  const value = (container as JsonObject)[key] ?? null;
  return { value, isFloat: typeof value === "number" && isFloat(container, key) };
}

/** A list of parts as JSON. */
export function listOf(parts: readonly Part[]): JsonArray {
  const list = parts.map(({ value }) => value);
  mark(list);
  for (const [i, each] of parts.entries()) if (each.isFloat) markFloat(list, i);
  return list;
}

/** A dict of parts as JSON. */
export function dictOf(parts: Readonly<Record<string, Part>>): JsonObject {
  const dict: JsonObject = {};
  mark(dict);
  for (const [key, each] of Object.entries(parts)) {
    dict[key] = each.value;
    if (each.isFloat) markFloat(dict, key);
  }
  return dict;
}

/** A tensor of the graph, as calls of Keras 3 name it. */
export function tensorOf(history: JsonArray): JsonObject {
  return { class_name: "__keras_tensor__", config: { keras_history: history } };
}

/** The history of what `tensorOf` gave; null for anything else. */
export function historyOf(value: JsonValue | undefined): JsonArray | null {
  if (!isDict(value) || value.class_name !== "__keras_tensor__" || !isDict(value.config)) return null;
  const { keras_history: history } = value.config;
  return Array.isArray(history) && history.length === 3 ? history : null;
}

/** The dtype of a tensor of the graph, where it is said; undefined for anything else. */
export function dtypeOf(value: JsonValue): string | undefined {
  const dtype = historyOf(value) && isDict(value) && isDict(value.config) ? value.config.dtype : undefined;
  return typeof dtype === "string" ? dtype : undefined;
}

/** Numbers in lists, however deep. */
export function isNumberList(value: JsonValue): value is JsonArray {
  return Array.isArray(value) && value.every((item) => isNumber(item) || isNumberList(item));
}

function isNumber(value: JsonValue): boolean {
  return typeof value === "number" || typeof value === "boolean";
}

/** Integers in one list. */
export function isIntegerList(value: JsonValue): value is number[] {
  return Array.isArray(value) && value.every(Number.isInteger);
}

/** What Keras 3 writes for numbers in lists that are a tensor. */
export function arrayOf(value: JsonArray, floats: string): JsonObject {
  return { class_name: "__numpy__", config: { value, dtype: dtypeOfList(value, floats) } };
}

function dtypeOfList(list: JsonArray, floats: string): string {
  if (isEvery(list, (item) => typeof item === "boolean")) return "bool";
  return hasFloats(list) ? floats : "int32";
}

function isEvery(list: JsonArray, test: (item: JsonValue) => boolean): boolean {
  return list.every((item) => (Array.isArray(item) ? isEvery(item, test) : test(item)));
}

function hasFloats(list: JsonArray): boolean {
  return list.some((item, i) => {
    if (Array.isArray(item)) return hasFloats(item);
    return typeof item === "number" && (!Number.isInteger(item) || (isMarked(list) && isFloat(list, i)));
  });
}
