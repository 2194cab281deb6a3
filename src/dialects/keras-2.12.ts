import { copyMarks } from "../json/marks.ts";
import { type Change, isDict, packageOf, picked } from "./change.ts";
import { turned } from "./keras-2/entries.ts";
import { withEllipses } from "./keras-2/indices-write.ts";

/** Envelopes name the module of a class; before, they named the class alone. There are `.keras` files. */
export const keras212: Change = {
  since: 212,
  configs: {
    "*": {
      write: (config) =>
        turned(config, (key, value) => {
          const isNew = isDict(value) && typeof value.class_name === "string" && "registered_name" in value;
          if (!isNew) return [key, value];
          const bare = picked(value, ["class_name", "config"]);
          copyMarks(value, bare);
          return [key, bare];
        }),
    },
  },
  graphs: { "*": { write: withEllipses } },
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
