import { isDict } from "../dialects/change.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { part } from "./families/operations.ts";

/**
 * Says the module of operations in graphs that Keras 3 wrote without modules, as in HDF5 files: an operation has the name of
 * a layer there (`Multiply`, `Add`), but no `trainable`. Changes what it is given.
 */
export function nameModules(config: JsonValue | undefined): void {
  const modules = new Map<string, string | null>();
  for (const { className, module } of part.classes)
    if (!modules.has(className)) modules.set(className, module);
  const visit = (given: JsonValue | undefined): void => {
    if (!isDict(given) || !Array.isArray(given.layers)) return;
    for (const entry of given.layers) {
      if (!isDict(entry) || !isDict(entry.config)) continue;
      const module =
        "module" in entry || isLayer(entry.config) ? undefined : modules.get(String(entry.class_name));
      if (module != null) entry.module = module;
      visit(entry.config);
    }
  };
  visit(config);
}

function isLayer(config: JsonObject): boolean {
  return ["trainable", "batch_shape", "layers"].some((key) => key in config);
}
