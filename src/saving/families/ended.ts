import * as names from "../../layers/ended/aliases.ts";
import * as ended from "../../layers/ended/index.ts";
import { aliasesOf, classesOf } from "../../registry/registry.ts";
import type { Part } from "./part.ts";

/** Layers that Keras 3 no longer has, and names that it no longer has for others. */
export const part: Part = { classes: classesOf(ended), aliases: aliasesOf(names) };
