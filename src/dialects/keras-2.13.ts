import { type Change, isDict, nameOf } from "./change.ts";
import { absent } from "./keras-2/envelopes-write.ts";

/** Layers that Keras 2.13 has, and 2.9 does not. */
const newer = ["GroupNormalization", "Identity", "SpectralNormalization"];

export const keras213: Change = {
  since: 213,
  envelopes: Object.fromEntries(
    newer.map((className) => [
      nameOf({ module: "keras.layers", className }),
      {
        write(envelope) {
          throw absent(isDict(envelope.config) ? envelope.config : {}, className, "Keras 2.9");
        },
      },
    ]),
  ),
};
