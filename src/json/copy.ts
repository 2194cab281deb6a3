import type { JsonObject, JsonValue } from "./json.ts";
import { copyMarks, isFloat, markFloat } from "./marks.ts";

/** A deep copy that keeps what marks say; typed arrays and class instances inside are shared. */
export function copyJson<T extends JsonValue>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const copy = value.map(copyJson);
    copyMarks(value, copy);
    return copy as typeof value;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) setEntry(copy, key, copyJson((value as JsonObject)[key]!));
  copyMarks(value, copy);
  return copy as typeof value;
}

/** Copies one entry of an object, with its mark. */
export function copyEntry(from: JsonObject, to: JsonObject, key: string): void {
  setEntry(to, key, copyJson(from[key]!));
  if (isFloat(from, key)) markFloat(to, key);
}

/** Sets an own property, whatever its name. */
export function setEntry(object: JsonObject, key: string, value: JsonValue): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else object[key] = value;
}
