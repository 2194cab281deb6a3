import { type Change, without } from "./change.ts";

/**
 * A config made of the constructor's arguments has those that nobody gave; a Reshape has nothing to build. The mean of a
 * function leaves out what a mask of the predictions does, also where there are no weights.
 */
export const keras312: Change = {
  since: 312,
  configs: {
    "keras.layers>ELU": { write: (config) => (config.alpha === 1 ? without(config, ["alpha"]) : config) },
  },
  envelopes: {
    "keras.layers>Reshape": { ended: ["build_config"] },
  },
  behaviour: { "null>MeanOfFunction": { countsMasksAlone: true } },
};
