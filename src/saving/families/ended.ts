import { oldActivations } from "../../activations/tf-keras.ts";
import * as names from "../../layers/ended/aliases.ts";
import * as ended from "../../layers/ended/index.ts";
import { aliasesOf, classesOf } from "../../registry/registry.ts";
import type { Part } from "./part.ts";

/** Layers and functions that Keras 3 no longer has, and names that it no longer has for others. */
export const part: Part = {
  classes: classesOf(ended),
  functions: oldActivations,
  aliases: aliasesOf(names),
};
