import { type Change, isDict } from "./change.ts";
import { readConfig } from "./keras-2/configs.ts";
import { writeConfig } from "./keras-2/configs-write.ts";
import { readEnvelope } from "./keras-2/envelopes.ts";
import { writeEnvelope } from "./keras-2/envelopes-write.ts";
import { readGraph } from "./keras-2/graph.ts";
import { writeGraph } from "./keras-2/graph-write.ts";
import { readStack, writeStack } from "./keras-2/stack.ts";

/**
 * Everything is written otherwise than in Keras 2: envelopes name their module, calls are args and kwargs, inputs are
 * `batch_shape`, and many a key has another name, or is gone.
 */
export const keras300: Change = {
  since: 300,
  configs: {
    "keras>Sequential": { read: readStack },
    "*": { read: readConfig, write: writeConfig },
  },
  envelopes: { "*": { read: readEnvelope, write: writeEnvelope } },
  graphs: {
    "keras>Sequential": { write: writeStack },
    "*": { read: readGraph, write: writeGraph },
  },
  before: {
    // The last version whose configs name no modules.
    dialect: 211,
    // An input; and a stack of layers, or calls, which were lists.
    isSeenIn: ({ config, inbound_nodes: nodes }) =>
      Array.isArray(config) ||
      (isDict(config) && "batch_input_shape" in config) ||
      (Array.isArray(nodes) && nodes.some((node) => Array.isArray(node))),
  },
};
