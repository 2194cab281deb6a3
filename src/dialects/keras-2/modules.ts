import type { JsonValue } from "../../json/json.ts";

/** Whether Keras has a module: `keras.losses`, `tf_keras.src.layers.core.dense`, `tensorflow.python.keras.layers`. */
export function isOfKeras(module: JsonValue | undefined): module is string {
  return typeof module === "string" && /^(?:tf_)?keras\b|^tensorflow\./.test(module);
}

/** `keras.layers` of `tf_keras.src.layers.core.dense` or of `keras.src.engine.input_layer`. */
export function publicModule(module: string): string {
  const path = module.replace(/^tensorflow\.(?:python\.)?/, "").replace(/^tf_keras\b/, "keras");
  if (/^keras\.(?:src\.)?engine\./.test(path)) return "keras.layers";
  if (/^keras\.optimizers\.(?:experimental|legacy)$/.test(path)) return "keras.optimizers";
  return path;
}
