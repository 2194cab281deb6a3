import type { Change } from "./change.ts";

/** A RandomCrop crops in training only. */
export const keras308: Change = {
  since: 308,
  behaviour: { "keras.layers>RandomCrop": { cropsInTrainingOnly: true } },
};
