import { isDict } from "../../dialects/change.ts";
import { eachEntry, isHistory } from "../../dialects/graph.ts";
import { readsNested, refusingUnused } from "../../dialects/loads.ts";
import { before } from "../../dialects/programs.ts";
import type { Range } from "../../dialects/version.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { quote } from "../../json/quote.ts";
import { historiesIn } from "../crossed-calls.ts";
import { eachDict } from "../each-dict.ts";

/** What is in the inputs and outputs of functional models that not every Keras 3 takes. */
export function obstaclesAtEnds(config: JsonValue): { readonly text: string; readonly versions: Range }[] {
  const found: { text: string; versions: Range }[] = [];
  eachDict(config, "config", (graph) => {
    if (!Array.isArray(graph.layers) || graph.input_layers === undefined) return;
    const place = `model ${quote(String(graph.name))}: `;
    const ends = [graph.input_layers, graph.output_layers ?? null];
    if (ends.some(isNested))
      found.push({
        text: `${place}inputs or outputs in lists inside lists`,
        versions: before("keras", readsNested),
      });
    for (const name of unusedInputs(graph))
      found.push({
        text: `${place}an input that leads to nothing, ${quote(name)}`,
        versions: refusingUnused,
      });
  });
  return found;
}

/** Whether tensors stand deeper than in a list or dict of them. */
function isNested(ends: JsonValue): boolean {
  if (typeof ends !== "object" || ends === null || isHistory(ends)) return false;
  const items: readonly JsonValue[] = Array.isArray(ends) ? ends : Object.values(ends);
  return items.some((item) => !isHistory(item));
}

/** The inputs that no call is given. */
function unusedInputs(graph: JsonObject): string[] {
  const used = new Set<JsonValue | undefined>();
  eachEntry(graph, (entry) => {
    for (const [name] of historiesIn(entry.inbound_nodes)) used.add(name);
  });
  const ends = isDict(graph.input_layers) ? Object.values(graph.input_layers) : graph.input_layers;
  return historiesIn(ends).flatMap(([name]) => (used.has(name) ? [] : [String(name)]));
}
