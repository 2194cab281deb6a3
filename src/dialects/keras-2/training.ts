import { setEntry } from "../../json/copy.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict } from "../change.ts";

/** How a model was compiled, as files of Keras 2 say it (`training_config`), as Keras 3 says it (`compile_config`). */
export function readTraining(training: JsonObject): JsonObject {
  const config: JsonObject = {};
  for (const key of Object.keys(training)) {
    const value = training[key]!;
    if (key === "optimizer_config") config.optimizer = isDict(value) ? optimizerIn(value) : value;
    else if (key === "loss") config.loss = eachObject(value, "keras.losses");
    else if (key === "metrics" || key === "weighted_metrics")
      config[key] = eachObject(value, "keras.metrics");
    else if (key === "loss_weights") config[key] = value;
  }
  mark(config);
  return config;
}

function optimizerIn(given: JsonObject): JsonObject {
  const { class_name: name, config = {} } = given;
  const className = typeof name === "string" ? name.replace(/^Custom>/, "") : name!;
  const envelope = { module: "keras.optimizers", class_name: className, config, registered_name: null };
  mark(envelope);
  return envelope;
}

/** The same names, lists and dicts, with the objects in them in a module. */
function eachObject(value: JsonValue, module: string): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => eachObject(item, module));
  if ("class_name" in value && "config" in value) {
    const envelope = { module, registered_name: null, ...value };
    copyMarks(value, envelope);
    return envelope;
  }
  const dict: JsonObject = {};
  for (const key of Object.keys(value)) setEntry(dict, key, eachObject(value[key]!, module));
  return dict;
}
