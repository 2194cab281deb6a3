import type { JsonValue } from "../json/json.ts";

/** Whether a module is Keras's own; `tf_keras` is what Keras 2 is called beside Keras 3. */
export function isKerasModule(module: string): boolean {
  return /^(?:tf_)?keras(?:\.|$)/.test(module);
}

/** Whether a function of this module may be one of Keras: Keras itself writes `builtins` with all of them. */
export function isFunctionModule(module: JsonValue | undefined): boolean {
  if (module === undefined || module === null || module === "builtins") return true;
  return typeof module === "string" && isKerasModule(module);
}
