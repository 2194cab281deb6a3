import { isDict } from "../../dialects/change.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { Layer } from "../../layers/layer.ts";
import { Model } from "../../models/model.ts";
import type { Variable } from "../../program/variable.ts";

/** A weight by the name that TensorFlow.js finds it by. */
export interface NamedWeight {
  readonly name: string;
  readonly variable: Variable;
}

/** The weights of a model as TensorFlow.js names them; `config` is what is written of it, by which it names layers. */
export function* namedWeights(model: Model, config: JsonObject): Generator<NamedWeight> {
  const written = new Map(layersIn(config.layers).map((layer) => [nameIn(layer), layer]));
  for (const layer of model.layers) yield* namesOf(layer, written.get(layer.name) ?? null);
}

/** A layer's weights are under its name, those of a model inside under the names of its own layers. */
function* namesOf(layer: Layer, written: JsonValue): Generator<NamedWeight> {
  const { class_name: className, config } = isDict(written) ? written : {};
  const own = isDict(config) ? config : {};
  if (layer instanceof Model) yield* namedWeights(layer, own);
  else yield* (wrappers[String(className)] ?? plain)(layer, own);
}

type Naming = (layer: Layer, config: JsonObject) => Iterable<NamedWeight>;

function* plain(layer: Layer): Iterable<NamedWeight> {
  yield* under(layer.name, layer);
}

function* under(scope: string, layer: unknown): Iterable<NamedWeight> {
  if (!(layer instanceof Layer)) return;
  const others = renamed[layer.constructor.className];
  for (const variable of layer.weights)
    yield { name: `${scope}/${others?.[variable.name] ?? variable.name}`, variable };
}

/** Weights that have another name in TensorFlow.js, by the classes of their layers. */
const renamed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  DepthwiseConv2D: { kernel: "depthwise_kernel" },
};

const wrappers: Readonly<Record<string, Naming>> = {
  *Bidirectional(layer, { layer: inner }) {
    const { forward_layer: forward, backward_layer: backward } = held(layer);
    yield* under(`${layer.name}/forward_${nameIn(inner)}`, forward);
    yield* under(`${layer.name}/backward_${nameIn(inner)}`, backward);
  },
  *TimeDistributed(layer, config) {
    const { layer: inner } = held(layer);
    if (inner instanceof Model) yield* namesOf(inner, config.layer ?? null);
    else yield* under(layer.name, inner);
  },
  *RNN(layer, { cell: written }) {
    const { cell } = held(layer);
    const { cells } = held(cell);
    if (!isDict(written) || written.class_name !== "StackedRNNCells" || !Array.isArray(cells))
      yield* under(layer.name, cell);
    else for (const [i, inner] of cells.entries()) yield* under(`${layer.name}/RNNCell_${i}`, inner);
  },
};

function held(layer: unknown): Readonly<Record<string, unknown>> {
  return layer as Readonly<Record<string, unknown>>;
}

function layersIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function nameIn(layer: JsonValue | undefined): string {
  const { config } = isDict(layer) ? layer : {};
  return isDict(config) ? String(config.name) : "";
}
