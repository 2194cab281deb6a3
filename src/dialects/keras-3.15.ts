import type { Change } from "./change.ts";

/** A LayerNormalization over several axes sorts them when it is built. */
export const keras315: Change = {
  since: 315,
  behaviour: { "keras.layers>LayerNormalization": { sortsAxes: true } },
};
