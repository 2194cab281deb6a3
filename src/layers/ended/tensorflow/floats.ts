import { isDict } from "../../../graph/nested.ts";
import { isFloat, mark, markFloat } from "../../../json/marks.ts";
import { Float } from "../../../ops/float.ts";

/**
 * Arguments in whose lists and dicts whole numbers that are floats say so of themselves, since copies of them lose what
 * their marks say.
 */
export function withFloats<T>(value: T): T {
  return marked(value) as T;
}

function marked(value: unknown): unknown {
  const isList = Array.isArray(value);
  if (!isList && !isDict(value)) return value;
  const copy: Record<string | number, unknown> = isList ? ([] as never) : {};
  mark(copy);
  for (const [key, item] of Object.entries(value)) {
    const isOne = item instanceof Float || (typeof item === "number" && isFloat(value, key));
    copy[key] = isOne && typeof item === "number" ? new Float(item) : marked(item);
    if (isOne) markFloat(copy, key);
  }
  return copy;
}
