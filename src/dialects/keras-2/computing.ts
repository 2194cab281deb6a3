import type { Change } from "../change.ts";

const crop = "keras.layers>RandomCrop";
const heads = "keras.layers>MultiHeadAttention";

/**
 * Where nothing is drawn, Keras 2 crops to the largest part that has the ratio of the result; Keras 3 to a smaller one. Until 2.9
 * attention of several heads looks at no masks but the one that it is given as such.
 */
export const computing: readonly Change[] = [
  { since: 100, behaviour: { [crop]: { cropsLargest: true }, [heads]: { ignoresMasks: true } } },
  { since: 210, behaviour: { [heads]: { ignoresMasks: false } } },
  // A mask that a call is given goes on to its outputs.
  { since: 100, behaviour: { "null>Layer": { handsGivenMaskOn: true } } },
];
