import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict } from "./change.ts";

/** One call of a layer, as graphs of Keras 3 record it. */
export interface Call {
  args: JsonValue[];
  kwargs: JsonObject;
}

/** Goes through the envelopes of a graph's layers and operations, as far as they are well formed. */
export function eachEntry({ layers }: JsonObject, visit: (entry: JsonObject) => void): void {
  if (!Array.isArray(layers)) return;
  for (const entry of layers) if (isDict(entry)) visit(entry);
}

/** Goes through the calls of a layer or operation, as far as they are well formed. */
export function eachCall({ inbound_nodes: nodes }: JsonObject, visit: (call: Call) => void): void {
  if (!Array.isArray(nodes)) return;
  for (const node of nodes)
    if (isDict(node) && Array.isArray(node.args) && isDict(node.kwargs)) visit(node as unknown as Call);
}

/** Whether a value names a tensor of the graph: its layer, the call, and which output of it. */
export function isHistory(value: JsonValue | undefined): value is JsonValue[] {
  return Array.isArray(value) && value.length === 3 && typeof value[0] === "string";
}
