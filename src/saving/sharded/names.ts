import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";

const endOfIndex = /(?:\.weights)?\.json$/;

/** What the files of an index are called: `model_00000.weights.h5` of `model.weights.json`. */
export function shardName(index: string, i: number): string {
  return `${index.replace(endOfIndex, "")}_${String(i).padStart(5, "0")}.weights.h5`;
}

/** Whether a file is called as one of an index is. */
export function isShardName(name: string, index: string): boolean {
  const [, number] = /_(\d{5,})\.weights\.h5$/.exec(name) ?? [];
  return number !== undefined && name === shardName(index, Number(number));
}

/** Which groups an index says are in which files; null of JSON that is no index, or one of files of another format. */
export function groupsOfIndex(file: JsonValue): JsonObject | null {
  if (!isDict(file) || !isDict(file.weight_map)) return null;
  const isShard = (name: JsonValue) => typeof name === "string" && name.endsWith(".weights.h5");
  const named = Object.values(file.weight_map).flat();
  return named.length > 0 && named.every(isShard) ? file.weight_map : null;
}
