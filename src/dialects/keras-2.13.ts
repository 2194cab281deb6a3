import { ConfigError, type Issue } from "../errors.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { type Change, isDict, nameOf, picked, without } from "./change.ts";
import { eachEntry } from "./graph.ts";
import { absent } from "./keras-2/envelopes-write.ts";
import { originalOf } from "./notes.ts";

/** Layers that Keras 2.13 has, and 2.9 does not. */
const newer = ["GroupNormalization", "Identity", "SpectralNormalization"];

/** An option of calls of attention: before, a layer that looks back only said so itself. */
const option = "use_causal_mask";

export const keras213: Change = {
  since: 213,
  configs: { "*": { write: withShapeFirst } },
  envelopes: Object.fromEntries(
    newer.map((className) => [
      nameOf({ module: "keras.layers", className }),
      {
        write(envelope) {
          throw absent(isDict(envelope.config) ? envelope.config : {}, className, "Keras 2.9");
        },
      },
    ]),
  ),
  graphs: {
    "*": {
      write(graph) {
        const issues: Issue[] = [];
        eachEntry(graph, ({ name, inbound_nodes: nodes }) => {
          if (!isCausal(nodes)) return;
          const message = `expected calls without ${option}, because Keras 2.9 has none, received true.`;
          issues.push({ path: `layer ${quote(String(name))}`, message });
        });
        if (issues.length > 0) throw new ConfigError(issues);
        return originalOf(graph) === graph ? without(graph, ["trainable"]) : graph;
      },
    },
  },
};

/** What a layer says of its input stood in front of its dtype before. */
function withShapeFirst(config: JsonObject): JsonObject {
  const keys = Object.keys(config);
  const [shape, dtype] = [keys.indexOf("batch_input_shape"), keys.indexOf("dtype")];
  if (dtype < 0 || shape < dtype) return config;
  keys.splice(shape, 1);
  keys.splice(dtype, 0, "batch_input_shape");
  return picked(config, keys);
}

/** Whether one of the calls of a layer of Keras 2 looks back only. */
function isCausal(value: JsonValue | undefined): boolean {
  if (Array.isArray(value)) return value.some(isCausal);
  return isDict(value) && (value as JsonObject)[option] === true;
}
