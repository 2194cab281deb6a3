import { ConfigError } from "../errors.ts";
import { depthLimit } from "./depth.ts";
import type { JsonObject, JsonValue } from "./json.ts";
import { copyMarks, isFloat, markFloat } from "./marks.ts";

/**
 * A deep copy that keeps what marks say; typed arrays and class instances inside are shared. Throws a `ConfigError`
 * where the value is nested too deeply, or contains itself. Objects with a class go without the key `leftOut`.
 */
export function copyJson<T extends JsonValue>(value: T, leftOut: string | null = null): T {
  return copyBelow(value, 0, leftOut) as T;
}

const DEEPEST = depthLimit();

function copyBelow(value: JsonValue, depth: number, leftOut: string | null): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (depth === DEEPEST) throw tooDeep();
  if (Array.isArray(value)) {
    const copy: JsonValue[] = new Array(value.length);
    for (let i = 0; i < value.length; i++) copy[i] = copyBelow(value[i]!, depth + 1, leftOut);
    copyMarks(value, copy);
    return copy;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) {
    if (key === leftOut && "class_name" in value) continue;
    setEntry(copy, key, copyBelow((value as JsonObject)[key]!, depth + 1, leftOut));
  }
  copyMarks(value, copy);
  return copy;
}

function tooDeep(): ConfigError {
  return new ConfigError(
    "JSON",
    `expected at most ${DEEPEST} levels of nesting, received more. Does the value contain itself?`,
  );
}

/** Copies one entry of an object, with its mark. */
export function copyEntry(
  from: JsonObject,
  to: JsonObject,
  key: string,
  leftOut: string | null = null,
): void {
  setEntry(to, key, copyJson(from[key]!, leftOut));
  if (isFloat(from, key)) markFloat(to, key);
}

/** Sets an own property, whatever its name. */
export function setEntry<T>(object: Record<string, T>, key: string, value: T): void {
  if (key === "__proto__") {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else object[key] = value;
}
