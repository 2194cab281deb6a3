import type { JsonObject } from "../json/json.ts";
import { type Change, isDict, picked } from "./change.ts";

/**
 * A Lambda's registered function has its package in its name, as `my_package>my_function`; before, it had none. Two
 * initializers have short names. A Tversky loss writes its reduction before its own keys; before, behind them.
 */
export const keras307: Change = {
  since: 307,
  configs: {
    "keras.layers>Lambda": {
      write(config) {
        for (const value of Object.values(config)) {
          if (isDict(value) && value.class_name === "function" && typeof value.config === "string")
            value.config = value.config.replace(/^.*>/, "");
        }
        return config;
      },
    },
    "keras.losses>Tversky": {
      write: (config) => picked(config, ["name", "alpha", "beta", "reduction"]),
    },
  },
  envelopes: {
    "keras.initializers>Identity": { write: withLongName },
    "keras.initializers>Orthogonal": { write: withLongName },
  },
};

function withLongName(envelope: JsonObject): JsonObject {
  envelope.class_name = `${envelope.class_name}Initializer`;
  return envelope;
}
