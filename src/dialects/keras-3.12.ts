import { type Change, without } from "./change.ts";

/** A config made of the constructor's arguments has those that nobody gave; a Reshape has nothing to build. */
export const keras312: Change = {
  since: 312,
  configs: {
    "keras.layers>ELU": { write: (config) => (config.alpha === 1 ? without(config, ["alpha"]) : config) },
  },
  envelopes: {
    "keras.layers>Reshape": { ended: ["build_config"] },
  },
};
