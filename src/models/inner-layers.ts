import { Operation } from "../graph/graph.ts";

/** The layers that a model, or a layer such as a Pipeline, lists as its own; none where that is something else. */
export function innerLayers(operation: Operation): readonly Operation[] {
  const layers: unknown = "layers" in operation ? operation.layers : [];
  return Array.isArray(layers) && layers.every((layer) => layer instanceof Operation) ? layers : [];
}
