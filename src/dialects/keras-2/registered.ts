import type { JsonObject } from "../../json/json.ts";
import { isNewOptimizer } from "../new-compiled.ts";
import { type CompiledKind, compiledClass } from "./compiled-objects.ts";
import { isOfKeras } from "./modules.ts";
import { hasOptimizer } from "./optimizers-write.ts";

const modules: Readonly<Record<CompiledKind, string>> = { loss: "keras.losses", metric: "keras.metrics" };

/** What Keras 3 says of the class of a loss or metric that files of Keras 2 name. */
export function compiledNamed(name: string, kind: CompiledKind): JsonObject {
  return compiledClass(kind, name) ? ofKeras(name, modules[kind]) : own(name);
}

/**
 * The same of an optimizer, in a file of Keras 2 or of Keras 3. TensorFlow registered its own, too, but in no package.
 */
export function optimizerNamed(name: string, keras: 2 | 3): JsonObject {
  // One that scales the loss has had several names.
  const bare = name.replace(/^Custom>/, "").replace(/(?<=^LossScaleOptimizer)V\d$/, "");
  const isOfKeras = hasOptimizer(bare) || (keras === 3 && isNewOptimizer(name));
  return isOfKeras ? ofKeras(bare, "keras.optimizers") : own(name);
}

/** By what Keras 2 finds a class that Keras 3 says: `Held>MyLoss` where it was registered. */
export function nameWritten({ class_name: name = null, registered_name: registered }: JsonObject) {
  return typeof registered === "string" && registered !== "" ? registered : name;
}

/** Whether a class is none of Keras, as Keras 3 and the last Keras 2 say it. */
export function isOwn({ module, registered_name: registered }: JsonObject): boolean {
  if (typeof module === "string") return !isOfKeras(module);
  return module === null && registered !== null;
}

function ofKeras(className: string, module: string): JsonObject {
  return { module, class_name: className, registered_name: null };
}

/** Somebody's own class, under the name by which it is found. */
function own(name: string): JsonObject {
  return { module: null, class_name: name.slice(name.lastIndexOf(">") + 1), registered_name: name };
}
