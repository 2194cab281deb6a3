import type { Change } from "../change.ts";

const crop = "keras.layers>RandomCrop";
const heads = "keras.layers>MultiHeadAttention";
/** Layers through which masks go on in Keras 3 alone. */
const stopping = ["Identity", "Normalization", "Rescaling"];

/**
 * Where nothing is drawn, Keras 2 crops to the largest part that has the ratio of the result; Keras 3 to a smaller one. Until 2.9
 * attention of several heads looks at no masks but the one that it is given as such.
 */
export const computing: readonly Change[] = [
  { since: 100, behaviour: { [crop]: { cropsLargest: true } } },
  { since: 100, behaviour: { [heads]: { ignoresMasks: true, supportsMasking: false } } },
  { since: 210, behaviour: { [heads]: { ignoresMasks: false, supportsMasking: true } } },
  // A mask that a call is given goes on to its outputs, and none through some layers.
  { since: 100, behaviour: { "null>Layer": { handsGivenMaskOn: true } } },
  {
    since: 100,
    behaviour: Object.fromEntries(
      stopping.map((name) => [`keras.layers>${name}`, { supportsMasking: false }]),
    ),
  },
];
