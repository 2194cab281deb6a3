import type { JsonArray, JsonObject, JsonValue } from "../json/json.ts";
import { joinPath } from "../json/path.ts";

/** What is being gone through, and how far. */
interface Level {
  readonly value: JsonArray | JsonObject;
  /** The keys of a dict; null of a list. */
  readonly keys: readonly string[] | null;
  at: number;
}

/**
 * Goes through all dicts of a value, whatever they are in, in their order. Needs memory for the depth of the value and
 * not for its size. `place` gives the path of the dict that is visited, and only then.
 */
export function eachDict(
  root: JsonValue,
  base: string,
  visit: (dict: JsonObject, place: () => string) => void,
): void {
  const levels: Level[] = [];
  const place = () => {
    let path = base;
    for (const { keys, at } of levels.slice(0, -1)) path = joinPath(path, keys?.[at - 1] ?? at - 1);
    return path;
  };
  const enter = (value: JsonValue | undefined) => {
    if (typeof value !== "object" || value === null) return;
    if (Array.isArray(value)) {
      levels.push({ value, keys: null, at: 0 });
      return;
    }
    levels.push({ value, keys: Object.keys(value), at: 0 });
    visit(value, place);
  };
  enter(root);
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const { value, keys } = level;
    const at = level.at++;
    if (Array.isArray(value)) {
      if (at < value.length) enter(value[at]);
      else levels.pop();
      continue;
    }
    const key = keys?.[at];
    if (key === undefined) levels.pop();
    else enter(value[key]);
  }
}
