import { json } from "../file-kind.ts";
import type { Format } from "./format.ts";

/** A layers model of TensorFlow.js: `model.json`, and its weights in files beside it. */
export const tfjs: Format = { extensions: [".json"], kind: json };

/** The same as it is written: other texts of JSON are none. */
export const tfjsFolder: Format = { extensions: ["model.json"], kind: json };
