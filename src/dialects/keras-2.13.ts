import type { JsonObject } from "../json/json.ts";
import { quote } from "../json/quote.ts";
import { type Change, isDict, type Named, nameOf, type Rule, without } from "./change.ts";
import { eachEntry } from "./graph.ts";
import { compiledClassesSince } from "./keras-2/compiled-objects.ts";
import { sayAbsent } from "./keras-2/envelopes-write.ts";
import { envelopeWithShapeFirst, withShapeFirst } from "./keras-2/input-shape.ts";
import type { Lacks } from "./lacks.ts";
import { originalOf } from "./notes.ts";
import { unfolds } from "./unfolded.ts";

/** Classes that Keras 2.13 has, and 2.9 does not. */
const newer: readonly Named[] = [
  ...["GroupNormalization", "Identity", "SpectralNormalization"].map((className) => ({
    module: "keras.layers",
    className,
  })),
  ...compiledClassesSince("loss", 213).map((className) => ({ module: "keras.losses", className })),
  ...compiledClassesSince("metric", 213).map((className) => ({ module: "keras.metrics", className })),
];

/** An activation that is as new. */
const activation = "mish";

export const keras213: Change = {
  since: 213,
  // What a layer says of its input stood in front of its dtype before.
  configs: { "*": { write: (config, _, lacks) => withShapeFirst(saysNewActivation(config, lacks)) } },
  envelopes: {
    "*": { write: envelopeWithShapeFirst },
    ...Object.fromEntries(
      newer.map((about): [string, Rule] => [
        nameOf(about),
        {
          write(envelope, _, lacks) {
            sayAbsent(isDict(envelope.config) ? envelope.config : {}, about, "Keras 2.9", lacks);
            return envelope;
          },
        },
      ]),
    ),
  },
  graphs: {
    "*": {
      write(graph) {
        eachEntry(graph, envelopeWithShapeFirst);
        if (originalOf(graph) !== graph) return graph;
        return without(graph, ["trainable"]);
      },
    },
  },
};

function saysNewActivation(config: JsonObject, lacks: Lacks): JsonObject {
  const { name } = config;
  for (const key of Object.keys(config)) {
    if (!key.endsWith("activation") || config[key] !== activation) continue;
    const place = typeof name === "string" ? `layer ${quote(name)}.${key}` : key;
    lacks.say(place, `expected an activation that Keras 2.9 has, received ${quote(activation)}.${unfolds}`);
  }
  return config;
}
