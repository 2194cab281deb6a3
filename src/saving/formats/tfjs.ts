import { json } from "../file-kind.ts";
import type { Format } from "./format.ts";

/** A layers model of TensorFlow.js: `model.json`, and its weights in files beside it. */
export const tfjs: Format = { extensions: [".json"], kind: json };
