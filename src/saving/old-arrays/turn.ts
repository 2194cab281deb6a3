import { hasOldArrays } from "../../dialects/older.ts";
import type { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";
import type { Variable } from "../../program/variable.ts";
import type { ByLayerOptions, LayerArrays, NamedArray } from "../layer-weights.ts";
import { addedLayers } from "./added-order.ts";
import { ofCudnn } from "./cudnn.ts";
import { gatesApart, gatesTogether } from "./gates.ts";
import { ofTheano, withOrder } from "./kernels.ts";

/** What a file says of who wrote its arrays. */
export interface Writer {
  readonly version: unknown;
  /** What computed: `tensorflow`, `theano`, … */
  readonly backend: unknown;
}

/** The layers of a file in the order of a model's, and how their arrays become those that layers have now. */
export function readArrays(
  model: Model,
  layers: readonly LayerArrays[],
  { version, backend }: Writer,
): { readonly layers: readonly LayerArrays[]; readonly turn: ByLayerOptions["turn"] } {
  const names = layers.flatMap(({ arrays }) => arrays.map(({ name }) => name));
  if (!hasOldArrays(version, names))
    return { layers, turn: turnEach(backend === "theano" ? ofTheano : ofCudnn) };
  // TensorFlow's names end like that, and such a file says nothing else of what computed.
  const isOfTheano = !names.some((name) => name.endsWith(":0"));
  const turn = turnEach((leaf, own) => {
    const now = gatesTogether(leaf, withOrder(leaf, own));
    return isOfTheano ? ofTheano(leaf, now) : now;
  }, addedLayers);
  return { layers: inOrderOf(model, layers), turn };
}

/**
 * The same layers in the order of a model's, where those with weights have the same names, or else were added to it in the
 * order in which they are written: Keras 1 wrote those of a Sequential that merges models so.
 */
function inOrderOf(model: Model, written: readonly LayerArrays[]): readonly LayerArrays[] {
  const hasWeights = ({ weights }: Layer) => weights.length > 0;
  const own = model.layers.filter(hasWeights);
  const given = written.filter(({ arrays }) => arrays.length > 0);
  if (own.length !== given.length) return written;
  const byName = new Map(written.map((layer) => [layer.name, layer]));
  const named = own.map(({ name }) => byName.get(name));
  if (given.every((layer) => named.includes(layer))) return named as LayerArrays[];
  const places = new Map(
    addedLayers(model)
      .filter(hasWeights)
      .map((layer, i) => [layer, i]),
  );
  return own.map((layer) => given[places.get(layer)!]!);
}

type TurnLeaf = (leaf: Layer, arrays: readonly NamedArray[]) => readonly NamedArray[];

/** The layers of a model in some order. */
type Order = (model: Model) => readonly Layer[];

const asTheyAre: Order = ({ layers }) => layers;

/** `written` is the order in which a file has the layers of models inside. */
function turnEach(turnLeaf: TurnLeaf, written: Order = asTheyAre): ByLayerOptions["turn"] {
  return (layer, arrays) => turned(layer, arrays, turnLeaf, written);
}

/**
 * The arrays of a layer, or of all layers in it: first those that are trained, then the others; in the order of its
 * weights, as they are now.
 */
function turned(
  layer: Layer,
  arrays: readonly NamedArray[],
  turnLeaf: TurnLeaf,
  written: Order,
): readonly NamedArray[] {
  const leaves = leavesOf(layer, written);
  if (leaves.length === 1) return turnLeaf(leaves[0]!, arrays);
  const own = new Map<Layer, NamedArray[]>(leaves.map((leaf) => [leaf, []]));
  let next = 0;
  for (const countIn of [trainedIn, otherIn])
    for (const [leaf, taken] of own) {
      const count = countIn(leaf, arrays[next]);
      for (const array of arrays.slice(next, next + count)) taken.push(array);
      next += count;
    }
  const found = new Map<Variable, NamedArray>();
  // Models inside have the layers in another order where theirs is not that of the file.
  let isOther = leavesOf(layer, asTheyAre).some((leaf, i) => leaf !== leaves[i]);
  for (const [leaf, taken] of own) {
    const weights = [...leaf.trainableWeights, ...leaf.nonTrainableWeights];
    const now = turnLeaf(leaf, taken);
    isOther ||= now.some((array, i) => array !== taken[i]);
    if (now.length !== weights.length) return arrays;
    for (const [i, variable] of weights.entries()) found.set(variable, now[i]!);
  }
  const all = [...layer.trainableWeights, ...layer.nonTrainableWeights].map((weight) => found.get(weight));
  const missing = all.includes(undefined) || next !== arrays.length;
  return missing || !isOther ? arrays : (all as NamedArray[]);
}

/** The layers that have the weights, in the order of the layers of each model. */
function leavesOf(layer: Layer, layersOf: Order): readonly Layer[] {
  if (layer.weights.length === 0) return [];
  if (layer instanceof Model)
    return [...new Set(layersOf(layer).flatMap((inner) => leavesOf(inner, layersOf)))];
  const { forward_layer: forward, backward_layer: backward, layer: wrapped } = layer as Wrapping;
  if (forward && backward) return [forward, backward];
  return wrapped ? leavesOf(wrapped, layersOf) : [layer];
}

interface Wrapping extends Layer {
  readonly forward_layer?: Layer;
  readonly backward_layer?: Layer;
  readonly layer?: Layer;
}

function trainedIn(leaf: Layer, next: NamedArray | undefined): number {
  return leaf.trainable ? gatesApart(leaf, next) || leaf.trainableWeights.length : 0;
}

function otherIn(leaf: Layer, next: NamedArray | undefined): number {
  return leaf.trainable
    ? leaf.nonTrainableWeights.length
    : gatesApart(leaf, next) || leaf.nonTrainableWeights.length;
}
