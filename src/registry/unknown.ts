import { isDict } from "../dialects/change.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import type { RevivableClass } from "./registry.ts";

/** The module of the classes that stand for unknown ones. */
export const OURS = "ceratops";

/** A class that stands for an unknown one. */
export type OpaqueClass = RevivableClass & (new (options: object) => object);

/** Whether an object cannot do its work, because of classes inside that nobody knows. */
export function lacksCode(object: unknown): object is { readonly missingCode: readonly string[] } {
  if (typeof object !== "object" || object === null || !("missingCode" in object)) return false;
  return Array.isArray(object.missingCode) && object.missingCode.length > 0;
}

/** What stands for a model whose config is that of a graph, or of a stack of layers. */
export function opaqueModelFor(config: JsonValue | undefined): string | null {
  if (!isDict(config) || typeof config.name !== "string" || !Array.isArray(config.layers)) return null;
  if (!config.layers.every((layer) => isDict(layer) && "class_name" in layer)) return null;
  return "input_layers" in config && "output_layers" in config ? "OpaqueFunctional" : "OpaqueSequential";
}

/** What messages call an object of an unknown class. */
export function familyOf({ module }: JsonObject): string {
  const family =
    typeof module === "string"
      ? /^keras\.(?:src\.)?(layer|initializer|regularizer|constraint|optimizer)s\b/.exec(module)
      : null;
  return family ? family[1]! : module === null ? "custom class" : "class";
}

/** Whether an envelope that stands alone is that of a layer, as far as it shows: its place in a graph is not kept. */
export function looksLikeLayer({ config }: JsonObject): boolean {
  return typeof config === "object" && config !== null && "trainable" in config;
}
