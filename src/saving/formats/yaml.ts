import { yaml as kind } from "../file-kind.ts";
import type { Format } from "./format.ts";

/** The config of a model as YAML text, which has no weights. */
export const yaml: Format = { extensions: [".yaml", ".yml"], kind };
