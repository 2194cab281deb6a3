import type { Dialect } from "../fields/dialect.ts";
import { currentWriting, runWriting } from "../fields/writing.ts";
import { KerasTensor } from "../graph/keras-tensor.ts";
import { mapNested, type Nested } from "../graph/nested.ts";
import { NO_KEYWORDS, type Node } from "../graph/node.ts";
import type { Operation } from "../graph/operation.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { mark } from "../json/marks.ts";
import { type Serializable, serialize, serializeObject } from "../registry/serialize.ts";
import type { FunctionalParts } from "./model-parts.ts";

/** The first version that writes a single input as `["x", 0, 0]`, not `[["x", 0, 0]]`. */
const BARE_TENSORS: Dialect = 311;

/** The config of a functional model. Source: Keras 3.6 `models/functional.py`. */
export function functionalConfig(model: FunctionalParts, dialect: Dialect): JsonObject {
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
  const histories = (structure: Nested<KerasTensor>): JsonValue => {
    const list = mapNested(structure as Nested<KerasTensor>, history) as JsonValue;
    return structure instanceof KerasTensor && dialect < BARE_TENSORS ? [list] : list;
  };
  const layers = runWriting({ ...currentWriting(), nodeIndices: indices }, () =>
    model.operations.map((operation) => {
      const entry = serializeObject(operation as Operation & Serializable);
      entry.name = operation.name;
      entry.inbound_nodes = operation.inboundNodes
        .filter((node) => own.has(node) && !node.isInput)
        .map(nodeConfig);
      return entry;
    }),
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
  return { args: serialize(node.args), kwargs: node.kwargs === NO_KEYWORDS ? {} : serialize(node.kwargs) };
}

/** Operations say it by their class. */
export function nodeOffsetOf(operation: Operation): number {
  return (operation.constructor as { nodeOffset?: number }).nodeOffset ?? 0;
}
