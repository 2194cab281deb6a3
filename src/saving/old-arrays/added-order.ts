import { graphTextOf } from "../../fields/origin.ts";
import type { JsonValue } from "../../json/json.ts";
import type { Layer } from "../../layers/layer.ts";
import type { Model } from "../../models/model.ts";

/** The layers of a model in the order in which they were added to it, as far as the text that it came from says that. */
export function addedLayers(model: Model): readonly Layer[] {
  const { layers: written } = graphTextOf(model) ?? {};
  if (!Array.isArray(written)) return model.layers;
  const places = new Map(written.map((entry, i) => [nameIn(entry), i]));
  const placeOf = ({ name }: Layer) => places.get(name) ?? -1;
  if (model.layers.some((layer) => placeOf(layer) < 0)) return model.layers;
  return [...model.layers].sort((a, b) => placeOf(a) - placeOf(b));
}

function nameIn(entry: JsonValue): JsonValue | undefined {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry) ? entry.name : undefined;
}
