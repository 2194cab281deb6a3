import type { Change } from "./change.ts";

/**
 * Optimizers keep their averages in front of the gradients that they add up, instead of side by side for each variable,
 * and all that they keep for a variable has the variable's name; files have it in that order. Muon is new: its steps are
 * wider where a matrix is taller, and stacks of matrices are matrices to it.
 */
export const keras310: Change = {
  since: 310,
  behaviour: {
    "keras>Optimizer": { listsByKind: true },
    "keras.optimizers>Muon": { listsByKind: true, widensTall: true },
  },
};
