import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { type Change, isDict } from "./change.ts";
import { eachEntry } from "./graph.ts";

/** An option of calls of attention: before, a layer that looks back only said so itself. */
const option = "use_causal_mask";

export const keras210: Change = {
  since: 210,
  graphs: {
    "*": {
      write(graph, _, lacks) {
        eachEntry(graph, ({ name, inbound_nodes: nodes }) => {
          if (!isCausal(nodes)) return;
          const message = `expected calls without ${option}, because Keras 2.9 has none, received true.`;
          lacks.say(`layer ${quote(String(name))}`, message);
        });
        return graph;
      },
    },
  },
};

/** Whether one of the calls of a layer of Keras 2 looks back only. */
function isCausal(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(isCausal);
  return isDict(value) && (value as JsonObject)[option] === true;
}
