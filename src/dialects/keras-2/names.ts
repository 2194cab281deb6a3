import { FreeNames } from "../../free-names.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import { eachEntry } from "../graph.ts";
import { replaced } from "./entries.ts";

/** What a layer whose name has a `/` is called here: Keras 3 takes none. By the old name. */
export function namesWithout(config: JsonObject): ReadonlyMap<string, string> {
  const free = new FreeNames();
  const renamed: string[] = [];
  eachEntry(config, (entry) => {
    const name = nameIn(entry);
    if (name?.includes("/")) renamed.push(name);
    else if (name !== undefined) free.add(name);
  });
  return new Map([...new Set(renamed)].map((name) => [name, free.take(name.replaceAll("/", "_"))]));
}

/** What a layer calls itself that its graph calls otherwise; undefined where that has no `/`. */
function withoutSlash(name: JsonValue | undefined): string | undefined {
  return typeof name === "string" && name.includes("/") ? name.replaceAll("/", "_") : undefined;
}

/** What a graph calls a layer. */
export function nameIn({ name, config }: JsonObject): string | undefined {
  const own = isDict(config) ? config.name : undefined;
  return typeof name === "string" ? name : typeof own === "string" ? own : undefined;
}

/** The same graph or stack of layers with such names, wherever it names a layer. */
export function renamed(config: JsonObject): JsonObject {
  const names = namesWithout(config);
  const { name: own } = config;
  const isNamed = typeof own === "string" && own.includes("/");
  if (names.size === 0 && !isNamed) return config;
  const other = (name: JsonValue | undefined) => (typeof name === "string" ? names.get(name) : undefined);
  const inCalls = (value: JsonValue): JsonValue =>
    replaced(value, (part) => {
      if (!Array.isArray(part) || part.length < 3 || typeof part[1] !== "number") return undefined;
      const name = other(part[0]);
      if (name === undefined) return undefined;
      const list = [name, ...part.slice(1).map(inCalls)];
      copyMarks(part, list);
      return list;
    });
  const ofEntry = (entry: JsonValue): JsonValue => {
    if (!isDict(entry)) return entry;
    const result = { ...entry };
    copyMarks(entry, result);
    const own = isDict(entry.config) ? entry.config : undefined;
    const name = other(own?.name) ?? withoutSlash(own?.name);
    if (own && name !== undefined) {
      result.config = { ...own, name };
      copyMarks(own, result.config);
    }
    if (other(entry.name) !== undefined) result.name = other(entry.name)!;
    if (entry.inbound_nodes !== undefined) result.inbound_nodes = inCalls(entry.inbound_nodes);
    return result;
  };
  const result = { ...config };
  copyMarks(config, result);
  if (isNamed) result.name = own.replaceAll("/", "_");
  if (Array.isArray(config.layers)) result.layers = config.layers.map(ofEntry);
  for (const key of ["input_layers", "output_layers"])
    if (config[key] !== undefined) result[key] = inCalls(config[key]);
  return result;
}
