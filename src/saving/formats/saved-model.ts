import { savedModel as kind, levelDb } from "../file-kind.ts";
import type { Format } from "./format.ts";

/** A folder of TensorFlow, by its main file: Keras's notes of a model, and a checkpoint of its variables. */
export const savedModel: Format = { extensions: ["saved_model.pb"], kind };

/** A checkpoint of TensorFlow, by the index of its tensors, which are in files beside it. */
export const checkpoint: Format = { extensions: [".index"], kind: levelDb };
