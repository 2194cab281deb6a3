import { FreeNames } from "../../free-names.ts";
import { comparable } from "../../json/comparable.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";

/** A graph as TensorFlow.js has it: layers with calls, and outputs, each a layer's name, a call and a place. */
interface Graph {
  readonly layers: JsonObject[];
  readonly outputs: JsonValue[];
}

/**
 * A graph no call of which, and no list of outputs, has a tensor more than once: TensorFlow.js computes a tensor that is an
 * output twice once alone, and frees one that a call takes twice while others need it. From the second time on it is
 * behind a layer that changes nothing, which is named after the one whose output it is.
 */
export function withoutRepeated({ layers, outputs }: Graph): Graph {
  const names = new FreeNames(layers.map(({ name }) => String(name)));
  const added: JsonObject[] = [];
  const apart = (tensors: readonly JsonValue[]) => {
    const found = new Set<string>();
    return tensors.map((tensor) => {
      const [from, node, index, ...rest] = tensor as [string, number, number, ...JsonValue[]];
      const key = comparable([from, node, index]);
      if (!found.has(key)) {
        found.add(key);
        return tensor;
      }
      const name = names.take(from);
      const config = { name, trainable: true, dtype: "float32", activation: "linear" };
      added.push({ name, class_name: "Activation", config, inbound_nodes: [[[from, node, index, {}]]] });
      return [name, 0, 0, ...rest];
    });
  };
  const called = layers.map((layer) => ({
    ...layer,
    inbound_nodes: (layer.inbound_nodes as JsonValue[][]).map(apart),
  }));
  const ends = apart(outputs);
  return { layers: [...called, ...added], outputs: ends };
}
