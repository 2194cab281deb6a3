import type { JsonObject } from "../json/json.ts";
import { type Change, isDict } from "./change.ts";
import type { Dialect } from "./version.ts";

/** From here on Keras refuses a model whose outputs hang on more than its inputs. */
export const checksConnections: Dialect = 314;

/**
 * A model that is not compiled says so with an empty dict. Pieces of images have no name. A LayerNormalization over several axes
 * sorts them when it is built.
 */
export const keras314: Change = {
  since: 314,
  configs: { "keras.src.ops.image>ExtractPatches": { ended: ["name"] } },
  envelopes: {
    "*": {
      write(envelope) {
        if (saysUncompiled(envelope)) delete envelope.compile_config;
        return envelope;
      },
    },
  },
  behaviour: { "keras.layers>LayerNormalization": { sortsAxes: true } },
  isSeenIn: saysUncompiled,
};

function saysUncompiled({ compile_config: config }: JsonObject): boolean {
  return isDict(config) && Object.keys(config).length === 0;
}
