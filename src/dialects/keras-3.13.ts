import { type Change, picked } from "./change.ts";

/**
 * A quantizer says its axis last, where it has one: who calls it gives another. Muon's steps are as wide as Adam's, and what
 * is no matrix has a decay of its own.
 */
export const keras313: Change = {
  since: 313,
  configs: {
    "keras.quantizers>AbsMaxQuantizer": {
      write: (config) => picked(config, ["axis", ...Object.keys(config).filter((key) => key !== "axis")]),
      read: (config) => picked(config, [...Object.keys(config).filter((key) => key !== "axis"), "axis"]),
    },
  },
  behaviour: { "keras.optimizers>Muon": { widensTall: false } },
};
