import { isDict } from "../dialects/change.ts";
import type { JsonValue } from "../json/json.ts";
import { isBareOperation } from "./bare-entry.ts";
import { part } from "./families/operations.ts";

/** Says the module of operations in graphs that Keras 3 wrote without modules. Changes what it is given. */
export function nameModules(config: JsonValue | undefined): void {
  const modules = new Map<string, string | null>();
  for (const { className, module } of part.classes)
    if (!modules.has(className)) modules.set(className, module);
  const visit = (given: JsonValue | undefined): void => {
    if (!isDict(given) || !Array.isArray(given.layers)) return;
    for (const entry of given.layers) {
      const module = isBareOperation(entry) ? modules.get(String(entry.class_name)) : null;
      if (isDict(entry) && module != null) entry.module = module;
      if (isDict(entry)) visit(entry.config);
    }
  };
  visit(config);
}
