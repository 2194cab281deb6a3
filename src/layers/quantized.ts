import { placeOf } from "../graph/graph.ts";
import { quote } from "../json/quote.ts";
import type { KeptState } from "../program/kept-state.ts";
import { MissingCode } from "../registry/opaque.ts";
import { holdVariables } from "./held-variables.ts";
import type { Layer } from "./layer.ts";

/**
 * Gives a layer the quantized weights of its file. They are kept as they are, with the layer's copies too, and cannot be
 * computed with.
 */
export function keepQuantized(layer: Layer, state: KeptState, mode: string): void {
  const names = layer.ownVariables.map(({ name }) => name);
  layer.ownVariables.length = 0;
  // Behind the layer's own come scales, which only float8 has as variables that training changes.
  const trained = mode === "float8" ? Number.POSITIVE_INFINITY : names.length;
  const keptState = holdVariables(state, layer, { names, trained });
  Object.assign(layer, { keptState });
  layer.cannotRun = () =>
    new MissingCode(
      placeOf(layer),
      `expected weights of floats, received ones quantized to ${mode}, which are kept and not computed with. Pass a class of yours that does as ${quote(layer.constructor.className)} in customObjects.`,
    );
  layer.handOn = (copy) => keepQuantized(copy, keptState, mode);
}
