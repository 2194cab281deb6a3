import { isDict } from "../../dialects/change.ts";
import type { JsonValue } from "../../json/json.ts";
import { eachDict } from "../each-dict.ts";

/** The names of the layers that go both ways, with more units on one than on the other: Keras takes both to be as wide as the first. */
export function layersOfUnlikeHalves(config: JsonValue): string[] {
  const found = new Set<string>();
  eachDict(config, "config", ({ class_name: className, config: own }) => {
    if (className !== "Bidirectional" || !isDict(own)) return;
    const [there, back] = [own.layer, own.backward_layer].map(widthOf);
    if (there !== null && back !== null && there !== back) found.add(String(own.name));
  });
  return [...found];
}

/** The units or filters of a layer; null where it does not say them. */
function widthOf(layer: JsonValue | undefined): JsonValue {
  const config = isDict(layer) ? layer.config : null;
  return isDict(config) ? (config.units ?? config.filters ?? null) : null;
}
