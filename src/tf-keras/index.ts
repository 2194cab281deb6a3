import { cloneModel } from "./clone-model.ts";

export type { ToJsonOptions } from "../models/text-of.ts";
export { modelToJson } from "./model-to-json.ts";
export { cloneModel };

/** `tf.compat.v1`, where TensorFlow 2.9 has the same function: `compat.v1.keras.models.cloneModel`. */
export const compat = { v1: { keras: { models: { cloneModel } } } } as const;
