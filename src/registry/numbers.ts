import type { JsonObject, JsonValue } from "../json/json.ts";
import { copyMarks, isMarked, mark, markFloat } from "../json/marks.ts";

/** Gives a copy the marks of what it was copied from; without a source every number below `key` is a float. */
export function markFloatsDeep(from: object | null, to: JsonValue, key?: string): void {
  if (typeof to !== "object" || to === null) return;
  if (from) {
    if (isMarked(from)) copyMarks(from, to);
    return;
  }
  const container = to as JsonObject;
  for (const name of key === undefined ? Object.keys(container) : [key]) {
    const item = container[name];
    if (typeof item === "number") markFloat(container, name);
    else if (item && typeof item === "object") markFloatsDeep(null, item);
  }
  mark(container);
}
