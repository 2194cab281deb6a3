import { inspect } from "../json/inspect.ts";
import type { JsonValue } from "../json/json.ts";

/** Whether a module is Keras's own; `tf_keras` is what Keras 2 is called beside Keras 3. */
export function isKerasModule(module: string): boolean {
  return /^(?:tf_)?keras(?:\.|$)/.test(module);
}

/** ` of the module "os"`, for messages; empty where a function may be one of Keras, which writes `builtins` with all of them. */
export function ofModule(module: JsonValue | undefined): string {
  const isKeras =
    module == null || module === "builtins" || (typeof module === "string" && isKerasModule(module));
  return isKeras ? "" : ` of the module ${inspect(module)}`;
}
