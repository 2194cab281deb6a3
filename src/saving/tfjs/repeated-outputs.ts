import { FreeNames } from "../../free-names.ts";
import { comparable } from "../../json/comparable.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";

/** The outputs of a graph, and the layers that they need besides. */
export interface Outputs {
  readonly outputs: JsonValue[];
  readonly added: readonly JsonObject[];
}

/**
 * Outputs none of which is another one's tensor, since TensorFlow.js computes a tensor that is an output twice once alone:
 * from the second time on it is behind a layer that changes nothing, which is named after the one whose output it is.
 */
export function withoutRepeated(ends: readonly JsonValue[], layers: readonly JsonObject[]): Outputs {
  const names = new FreeNames(layers.map(({ name }) => String(name)));
  const found = new Set<string>();
  const added: JsonObject[] = [];
  const outputs = ends.map((end) => {
    const key = comparable(end);
    if (!found.has(key)) {
      found.add(key);
      return end;
    }
    const [from, node, index] = end as [string, number, number];
    const name = names.take(from);
    const config = { name, trainable: true, dtype: "float32", activation: "linear" };
    added.push({ name, class_name: "Activation", config, inbound_nodes: [[[from, node, index, {}]]] });
    return [name, 0, 0];
  });
  return { outputs, added };
}
