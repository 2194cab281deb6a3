import type { Issue } from "../../errors.ts";
import type { JsonValue } from "../../json/json.ts";
import { joinPath } from "../../json/path.ts";
import { quote } from "../../json/quote.ts";
import { isDict } from "../change.ts";
import { nameIn, namesWithout } from "./names.ts";

/** Gets to know of something that is read otherwise; null: not because it is not known. */
export type Tell = (issue: Issue, unknown: null) => void;

/** Says of each model and layer whose name has a `/` what it is called here, once. */
export function tellRenamed(value: JsonValue, path: string, tell: Tell): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) tellRenamed(item, joinPath(path, i), tell);
    return;
  }
  const say = (name: string, now: string, at: string) => {
    const message = `expected a name without "/", received ${quote(name)}: it is called ${quote(now)} here.`;
    tell({ path: at, message }, null);
  };
  const { name, layers } = value;
  if (Array.isArray(layers)) {
    if (typeof name === "string" && name.includes("/"))
      say(name, name.replaceAll("/", "_"), joinPath(path, "name"));
    const names = namesWithout(value);
    for (const [i, layer] of names.size > 0 ? layers.entries() : []) {
      const called = isDict(layer) ? nameIn(layer) : undefined;
      const now = called === undefined ? undefined : names.get(called);
      // A model says its own name.
      const isModel = isDict(layer) && isDict(layer.config) && Array.isArray(layer.config.layers);
      if (called !== undefined && now !== undefined && !isModel)
        say(called, now, joinPath(joinPath(path, "layers"), i));
    }
  }
  for (const [key, item] of Object.entries(value)) tellRenamed(item, joinPath(path, key), tell);
}
