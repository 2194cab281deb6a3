import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict, without } from "../change.ts";
import { replaced } from "./entries.ts";

const keys = [
  ...["optimizer", "loss", "metrics", "loss_weights", "weighted_metrics"],
  ...["run_eagerly", "steps_per_execution", "jit_compile"],
];

/** How a model was compiled, of what Keras 3 says, as `.keras` files of Keras 2 say it. */
export function writeCompile(compiled: JsonObject): JsonObject {
  const written: JsonObject = {};
  for (const key of keys) {
    const value = compiled[key] ?? null;
    written[key] = key === "optimizer" ? value : eachObject(value, bare);
  }
  // Keras 3 says so where it found out that it can.
  if (written.jit_compile !== false) written.jit_compile = null;
  mark(written);
  return written;
}

/** The same names, lists and dicts, with what `turn` makes of the objects in them. */
export function eachObject(value: JsonValue, turn: (object: JsonObject) => JsonObject): JsonValue {
  return replaced(value, (part) =>
    isDict(part) && isDict(part.config) && "class_name" in part ? turn(part) : undefined,
  );
}

/** Options of losses and metrics that Keras 2 does not take, by class, as long as they say nothing. */
const unsaid: Readonly<Record<string, JsonObject>> = {
  SparseCategoricalCrossentropy: { axis: -1 },
  SparseTopKCategoricalAccuracy: { from_sorted_ids: false },
};

/** A loss or metric without what Keras 3 says of it beside. */
export function bare(object: JsonObject): JsonObject {
  const { class_name: name, config } = object;
  if (!isDict(config)) return object;
  // Only losses have a reduction. Their metric of the same name has an axis.
  const isLoss = "reduction" in config;
  const others = isLoss || name !== "SparseCategoricalCrossentropy" ? (unsaid[String(name)] ?? {}) : {};
  const silenced = ["ignore_class", "dtype"].filter((key) => isLeftOut(config, key));
  for (const [key, value] of Object.entries(others)) if (config[key] === value) silenced.push(key);
  const written = without(config, silenced);
  if (isLoss && written.reduction === null) written.reduction = "none";
  const result = { ...object, config: written };
  copyMarks(object, result);
  return result;
}

/** Losses of Keras 2 have no dtype, and none of the two knows a class to ignore that is null. */
function isLeftOut(config: JsonObject, key: string): boolean {
  return key === "dtype" ? "reduction" in config : config[key] === null;
}
