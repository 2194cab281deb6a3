import type { Change } from "../change.ts";

const name = "keras.layers>RandomCrop";

/** Where nothing is drawn, Keras 2 crops to the largest part that has the ratio of the result; Keras 3 to a smaller one. */
export const computing: readonly Change[] = [
  { since: 100, behaviour: { [name]: { cropsLargest: true } } },
  { since: 300, behaviour: { [name]: { cropsLargest: false } } },
];
