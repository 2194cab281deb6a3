import { ConfigError, type Issue } from "../errors.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { type Change, isDict, type Named, nameOf, picked, without } from "./change.ts";
import { eachEntry } from "./graph.ts";
import { absent } from "./keras-2/envelopes-write.ts";
import { originalOf } from "./notes.ts";

/** Classes that Keras 2.13 has, and 2.9 does not. */
const newer: readonly Named[] = [
  ...["GroupNormalization", "Identity", "SpectralNormalization"].map((className) => ({
    module: "keras.layers",
    className,
  })),
  { module: "keras.losses", className: "CategoricalFocalCrossentropy" },
  ...["F1Score", "FBetaScore", "R2Score"].map((className) => ({ module: "keras.metrics", className })),
];

/** An activation that is as new. */
const activation = "mish";

/** An option of calls of attention: before, a layer that looks back only said so itself. */
const option = "use_causal_mask";

export const keras213: Change = {
  since: 213,
  configs: { "*": { write: (config) => withShapeFirst(withoutNewActivation(config)) } },
  envelopes: Object.fromEntries(
    newer.map((about) => [
      nameOf(about),
      {
        write(envelope) {
          throw absent(isDict(envelope.config) ? envelope.config : {}, about, "Keras 2.9");
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

function withoutNewActivation(config: JsonObject): JsonObject {
  const key = Object.keys(config).find((key) => key.endsWith("activation") && config[key] === activation);
  if (key === undefined) return config;
  const { name } = config;
  const place = typeof name === "string" ? `layer ${quote(name)}.${key}` : key;
  throw new ConfigError(place, `expected an activation that Keras 2.9 has, received ${quote(activation)}.`);
}

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
