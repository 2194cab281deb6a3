import { setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark, markFloat } from "../../json/marks.ts";
import { isDict } from "../change.ts";
import type { CompiledKind } from "./compiled-objects.ts";
import { compiledNamed, optimizerNamed } from "./registered.ts";

/** What files of Keras 3 say of how a model is run. */
export const runKeys: readonly string[] = ["run_eagerly", "steps_per_execution", "jit_compile"];

/** How a model was compiled, as files of Keras 2 say it (`training_config`), as Keras 3 says it (`compile_config`). Keras 3 writes such files, too. */
export function readTraining(training: JsonObject, keras: 2 | 3): JsonObject {
  const config: JsonObject = {};
  // In Keras 3 it is what is said first.
  if (keras === 3 && training.optimizer_config !== undefined) config.optimizer = null;
  for (const key of Object.keys(training)) {
    const value = training[key]!;
    if (key === "optimizer_config") config.optimizer = isDict(value) ? optimizerIn(value, keras) : value;
    else if (key === "loss") config.loss = eachObject(value, "loss");
    else if (key === "metrics" || key === "weighted_metrics") config[key] = eachObject(value, "metric");
    else if (key === "loss_weights" || (keras === 3 && runKeys.includes(key))) config[key] = value;
  }
  // It is the weight of all, which Keras 3 takes as a float alone.
  if (typeof config.loss_weights === "number") markFloat(config, "loss_weights");
  mark(config);
  return config;
}

function optimizerIn(given: JsonObject, keras: 2 | 3): JsonObject {
  const { class_name: name, config = {} } = given;
  const said = typeof name === "string" ? optimizerNamed(name, keras) : { module: "keras.optimizers" };
  const envelope: JsonObject = { module: null, class_name: name!, config, registered_name: null, ...said };
  mark(envelope);
  return envelope;
}

/** The same names, lists and dicts, with the objects in them in a module, or registered. */
function eachObject(value: JsonValue, kind: CompiledKind): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => eachObject(item, kind));
  if ("class_name" in value && "config" in value) {
    const { class_name: name } = value;
    // Keras 3 says their modules.
    const said = typeof name === "string" && !("module" in value) ? compiledNamed(name, kind) : {};
    const envelope = { ...said, registered_name: null, ...value, ...said };
    copyMarks(value, envelope);
    return envelope;
  }
  const dict: JsonObject = {};
  for (const key of Object.keys(value)) setEntry(dict, key, eachObject(value[key]!, kind));
  return dict;
}
