import { without } from "../dialects/change.ts";
import { noteOriginal } from "../dialects/notes.ts";
import { currentWriting, runWriting } from "../fields/writing.ts";
import {
  type GraphParts,
  type KerasTensor,
  NO_KEYWORDS,
  type Node,
  type Operation,
  placeOf,
} from "../graph/graph.ts";
import { mapNested, type Nested } from "../graph/nested.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { mark } from "../json/marks.ts";
import { gathered } from "../registry/gathered.ts";
import { GRAPH_KEYS, type Serializable, serialize, serializeObject } from "../registry/serialize.ts";
import type { FunctionalParts } from "./model-parts.ts";

/** The config of a functional model, as the newest Keras writes it. Source: Keras 3.16 `models/functional.py`. */
export function functionalConfig(model: FunctionalParts): JsonObject {
  const other = model.operations.find(({ unfolded }) => unfolded);
  return other?.unfolded?.(model, configOf) ?? configOf(model);
}

function configOf(model: GraphParts): JsonObject {
  const own = new Set(model.nodes);
  const indices = new Map<Node, number>();
  for (const operation of model.operations) {
    let index = 0;
    for (const node of operation.inboundNodes) if (own.has(node)) indices.set(node, index++);
  }
  const history = (tensor: KerasTensor): JsonValue => {
    const { operation } = tensor.node!;
    return [operation.name, indices.get(tensor.node!)! + nodeOffsetOf(operation), tensor.tensorIndex];
  };
  const entryOf = (operation: Operation): JsonObject => {
    const entry = serializeObject(operation as Operation & Serializable, GRAPH_KEYS);
    entry.name = operation.name;
    entry.inbound_nodes = operation.inboundNodes
      .filter((node) => own.has(node) && !node.isInput)
      .map(nodeConfig);
    return entry;
  };
  const histories = (structure: Nested<KerasTensor>) => mapNested(structure, history) as JsonValue;
  const layers = runWriting({ ...currentWriting(), nodeIndices: indices }, () =>
    gathered(model.operations, entryOf, placeOf),
  );
  const config: JsonObject = {
    name: model.name,
    trainable: model.trainable,
    layers,
    input_layers: histories(model.inputStructure),
    output_layers: histories(model.outputStructure),
  };
  mark(config);
  return config;
}

/** Whether a config is that of a graph, not one that a subclass has made up. */
export function isGraphConfig(config: object): boolean {
  return ["name", "layers", "input_layers", "output_layers"].every((key) => Object.hasOwn(config, key));
}

function nodeConfig(node: Node): JsonValue {
  const args = serialize(node.args);
  if (node.kwargs === NO_KEYWORDS) return { args, kwargs: {} };
  const kwargs = serialize(node.kwargs) as JsonObject;
  if (node.injected === null) return { args, kwargs };
  const given = without(kwargs, node.injected);
  noteOriginal(given, kwargs);
  return { args, kwargs: given };
}

/** Operations say it by their class. */
export function nodeOffsetOf(operation: object): number {
  return (operation.constructor as { nodeOffset?: number }).nodeOffset ?? 0;
}
