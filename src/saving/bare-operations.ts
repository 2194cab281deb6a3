import { architectureOf } from "../dialects/architectures.ts";
import { isDict } from "../dialects/change.ts";
import type { JsonValue } from "../json/json.ts";
import { part } from "./families/operations.ts";

let known: ReadonlyMap<string, string | null> | null = null;

/**
 * The module of an operation in a graph that Keras 3 wrote without modules, as in HDF5 files: it may have the name of a layer
 * there (`Multiply`, `Add`), but has no `trainable`. Null for anything else.
 */
export function moduleUnsaid(entry: JsonValue): string | null {
  if (!isDict(entry) || "module" in entry || !isDict(entry.config)) return null;
  const { class_name: name, config } = entry;
  if (typeof name !== "string" || ["trainable", "batch_shape", "layers"].some((key) => key in config))
    return null;
  known ??= new Map([...part.classes].reverse().map(({ className, module }) => [className, module]));
  return known.get(name) ?? null;
}

/** Says the modules of such operations, and of layers that architectures have of their own. Changes what it is given. */
export function nameModules(config: JsonValue | undefined): void {
  if (!isDict(config) || !Array.isArray(config.layers)) return;
  for (const entry of config.layers) {
    if (!isDict(entry)) continue;
    const module = moduleUnsaid(entry) ?? architectureOf(entry);
    if (module !== null) entry.module = module;
    nameModules(entry.config);
  }
}
