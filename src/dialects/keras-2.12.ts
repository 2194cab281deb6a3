import { type Change, packageOf, picked } from "./change.ts";

/** Envelopes name the module of a class; before, they named the class alone. */
export const keras212: Change = {
  since: 212,
  envelopes: {
    "*": {
      write(envelope, about) {
        // The graph makes layers of operations.
        if (packageOf(about) === "keras.src.ops") return envelope;
        const { registered_name: registered, module } = envelope;
        if (module === null && typeof registered === "string") envelope.class_name = registered;
        return picked(envelope, ["class_name", "config"]);
      },
    },
  },
};
