import { isDict } from "../../dialects/change.ts";
import { eachCall, eachEntry } from "../../dialects/graph.ts";
import type { JsonValue } from "../../json/json.ts";
import { historiesIn } from "../crossed-calls.ts";
import { eachDict } from "../each-dict.ts";

/**
 * The layers with a call that needs one of a layer further on in the file, as layers have that are called at several depths
 * of a graph: older versions make calls in the order of the file, once.
 */
export function waitingLayers(config: JsonValue): string[] {
  const found: string[] = [];
  eachDict(config, "config", (graph) => {
    if (!Array.isArray(graph.layers) || graph.input_layers === undefined) return;
    const made = new Map<JsonValue | undefined, number>();
    eachEntry(graph, (entry) => {
      if (isDict(entry) && entry.class_name === "InputLayer") made.set(entry.name, 1);
    });
    eachEntry(graph, (entry) => {
      eachCall(entry, (call) => {
        const waits = historiesIn(call).some(([name, node]) => (made.get(name) ?? 0) <= Number(node));
        if (waits) found.push(String(entry.name));
        made.set(entry.name, (made.get(entry.name) ?? 0) + 1);
      });
    });
  });
  return [...new Set(found)];
}
