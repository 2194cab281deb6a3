import type { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";
import type { Variable } from "../../program/variable.ts";
import { type LayerArrays, type NamedArray, weightsOf } from "../layer-weights.ts";
import type { StoredWeight } from "./weights.ts";

/** A layer whose weights stand together under its name, with the models that it is in. */
interface Unit {
  readonly layer: Layer;
  /** The names of the models around it, the outermost first. */
  readonly around: readonly string[];
  readonly arrays: NamedArray[];
}

export interface Matched {
  readonly layers: readonly LayerArrays[];
  readonly arrayOf: ReadonlyMap<object, NamedArray>;
  readonly unknown: readonly string[];
}

/**
 * Finds the layers that weights belong to, by their names: `dense/kernel`, with those of models and cells around it or
 * without: `model/inner/dense/kernel`, `lstm/lstm_cell/kernel`. In a layer each goes by the last part of its name, where
 * that tells them apart, as in TensorFlow.js; the others stand in the layer's order. Gives the layers of the model with
 * all their arrays, the array of each variable, and the names of weights that belong to none.
 */
export function matchWeights(model: Model, weights: readonly StoredWeight[]): Matched {
  const units = [...unitsIn(model, [])];
  const byName = new Map<string, Unit[]>();
  for (const unit of units) byName.set(unit.layer.name, [...(byName.get(unit.layer.name) ?? []), unit]);
  const unknown: string[] = [];
  for (const weight of weights) {
    const name = weight.name.replace(/:0$/, "");
    const unit = unitOf(name, byName) ?? (name.includes("/") ? undefined : nextWith(name, units));
    if (unit) unit.arrays.push({ name, array: weight });
    else unknown.push(name);
  }
  return { ...layersOf(model, units), unknown };
}

/** The layers in a model that own weights, be it in layers inside that are no models. */
function* unitsIn(model: Model, around: readonly string[]): Generator<Unit> {
  const inside = [...around, model.name];
  for (const layer of model.layers) {
    const inner = layer instanceof Model ? layer : held(layer);
    if (inner) yield* unitsIn(inner, layer instanceof Model ? inside : [...inside, layer.name]);
    else if (layer.weights.length > 0) yield { layer, around: inside, arrays: [] };
  }
}

/** The model that a layer applies, as TimeDistributed may. */
function held(layer: Layer): Model | null {
  return "layer" in layer && layer.layer instanceof Model ? layer.layer : null;
}

/** Deeper names are no layer's. */
const mostParts = 64;

/** The layer that a name names: the one most of whose models it names too, of two alike the first with room. */
function unitOf(name: string, byName: ReadonlyMap<string, readonly Unit[]>): Unit | undefined {
  const parts = name.split("/").slice(0, -1);
  if (parts.length > mostParts) return undefined;
  let found: Unit | undefined;
  let best = [-1, -1];
  for (let start = 0; start < parts.length; start++) {
    for (let end = start + 1; end <= parts.length; end++) {
      for (const unit of namedBy(parts.slice(start, end), byName)) {
        const named = unit.around.filter((model) => parts.slice(0, start).includes(model)).length;
        const room = unit.arrays.length < unit.layer.weights.length ? 1 : 0;
        if (named < best[0]! || (named === best[0] && room <= best[1]!)) continue;
        found = unit;
        best = [named, room];
      }
    }
  }
  return found;
}

/** The layers of a name; one that had a `/` in it has another sign there now. */
function namedBy(parts: readonly string[], byName: ReadonlyMap<string, readonly Unit[]>): readonly Unit[] {
  return byName.get(parts.join("/")) ?? byName.get(parts.join("_")) ?? [];
}

/** The layer whose next weight has that name: Keras 2 put no layer's name before what an adapted layer learned. */
function nextWith(name: string, units: readonly Unit[]): Unit | undefined {
  return units.find(({ layer, arrays }) => weightsOf(layer)[arrays.length]?.name === name);
}

/** The arrays of each layer of the model in the order of all its weights, those of models inside among them. */
function layersOf(model: Model, units: readonly Unit[]): Pick<Matched, "layers" | "arrayOf"> {
  const arrayOf = new Map<object, NamedArray>();
  const extra = new Map<Layer, NamedArray[]>();
  for (const { layer, arrays: given } of units) {
    const variables = weightsOf(layer);
    const arrays = namedFirst(variables, given);
    for (const [i, variable] of variables.entries()) if (arrays[i]) arrayOf.set(variable, arrays[i]);
    extra.set(layer, arrays.slice(variables.length));
  }
  const layers = model.layers
    .filter((layer) => layer.weights.length > 0)
    .map((layer) => {
      const arrays = weightsOf(layer).flatMap((variable) => arrayOf.get(variable) ?? []);
      return { name: layer.name, arrays: [...arrays, ...(extra.get(layer) ?? [])] };
    });
  return { layers, arrayOf };
}

/** Arrays in the order of the weights that they are named after; those named after none take what places are left. */
function namedFirst(weights: readonly Variable[], arrays: readonly NamedArray[]): readonly NamedArray[] {
  const places = new Map(weights.map(({ name }, place) => [name, place]));
  const named = new Map(arrays.map((array) => [array.name.slice(array.name.lastIndexOf("/") + 1), array]));
  if (places.size < weights.length || named.size < arrays.length) return arrays;
  const found = new Map<number, NamedArray>();
  const others: NamedArray[] = [];
  for (const [name, array] of named) {
    const place = places.get(name);
    if (place === undefined) others.push(array);
    else found.set(place, array);
  }
  const left = others.values();
  const filled = weights.flatMap((_, place) => found.get(place) ?? left.next().value ?? []);
  return [...filled, ...left];
}
