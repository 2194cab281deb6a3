import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict, without } from "../change.ts";
import type { CompiledKind } from "./compiled-objects.ts";
import { replaced } from "./entries.ts";
import { isOwn } from "./registered.ts";

/** What Keras 3 calls what Keras 2 asks for by other names, in any case. */
const renamed: Readonly<Record<CompiledKind, Readonly<Record<string, string>>>> = {
  loss: {
    cosine_proximity: "cosine_similarity",
    huber_loss: "huber",
    kullback_leibler_divergence: "kl_divergence",
    logcosh: "log_cosh",
  },
  metric: {
    cosine_proximity: "cosine_similarity",
    kullback_leibler_divergence: "kl_divergence",
    log_cosh: "log_cosh_error",
    logcosh: "log_cosh_error",
  },
};

/** The metrics that Keras 3 has of the functions which Keras 2 wraps where a metric is asked for by its name. */
const ofFunctions: Readonly<Record<string, string>> = {
  accuracy: "Accuracy",
  binary_accuracy: "BinaryAccuracy",
  binary_crossentropy: "BinaryCrossentropy",
  categorical_accuracy: "CategoricalAccuracy",
  categorical_crossentropy: "CategoricalCrossentropy",
  categorical_hinge: "CategoricalHinge",
  cosine_proximity: "CosineSimilarity",
  cosine_similarity: "CosineSimilarity",
  hinge: "Hinge",
  kl_divergence: "KLDivergence",
  log_cosh: "LogCoshError",
  logcosh: "LogCoshError",
  kullback_leibler_divergence: "KLDivergence",
  mean_absolute_error: "MeanAbsoluteError",
  mean_absolute_percentage_error: "MeanAbsolutePercentageError",
  mean_squared_error: "MeanSquaredError",
  mean_squared_logarithmic_error: "MeanSquaredLogarithmicError",
  poisson: "Poisson",
  sparse_categorical_accuracy: "SparseCategoricalAccuracy",
  sparse_categorical_crossentropy: "SparseCategoricalCrossentropy",
  sparse_top_k_categorical_accuracy: "SparseTopKCategoricalAccuracy",
  squared_hinge: "SquaredHinge",
  top_k_categorical_accuracy: "TopKCategoricalAccuracy",
};

/** What Keras 3 gives a model that says nothing of it, and takes no null for. */
const unsaid: readonly string[] = ["run_eagerly", "steps_per_execution", "jit_compile"];

/**
 * How a model with so many outputs was compiled, of what files of Keras 2 say, as Keras 3 takes it; but for its optimizer. What
 * is nobody's there stays as it is.
 */
export function readCompile(compiled: JsonObject, outputs: () => number): JsonObject {
  const silent = unsaid.filter((key) => compiled[key] === null);
  const result = without(compiled, silent);
  for (const [key, kind] of kinds) if (result[key] != null) result[key] = objectsIn(result[key], kind);
  for (const key of ["metrics", "weighted_metrics"])
    if (Array.isArray(result[key])) result[key] = forOutputs(result[key], outputs);
  mark(result);
  return result;
}

const kinds: readonly (readonly [key: string, kind: CompiledKind])[] = [
  ["loss", "loss"],
  ["metrics", "metric"],
  ["weighted_metrics", "metric"],
];

/** The same names, lists and dicts as Keras 3 has them. */
function objectsIn(given: JsonValue, kind: CompiledKind): JsonValue {
  return replaced(given, (value) => objectOf(value, kind));
}

/** A name or an object as Keras 3 has it; undefined for what holds some. */
function objectOf(value: JsonValue, kind: CompiledKind): JsonValue | undefined {
  if (typeof value === "string") return nameIn(value, kind);
  if (!isDict(value) || !("class_name" in value)) return undefined;
  return isDict(value.config) && !isOwn(value) ? objectIn(value, kind) : value;
}

function nameIn(name: string, kind: CompiledKind): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(renamed[kind], lower) ? renamed[kind][lower]! : name;
}

function objectIn(object: JsonObject, kind: CompiledKind): JsonObject {
  const config = object.config as JsonObject;
  if (kind === "metric" && object.class_name === "MeanMetricWrapper") return wrapped(object, config);
  if (kind === "metric") return object;
  // Only files of Keras 2 say by which function a loss computes, and leave open how it is summed up.
  const written = without(config, ["fn"]);
  if (written.reduction === "auto") written.reduction = "sum_over_batch_size";
  return { ...object, config: written };
}

/** A metric of a function: the class that Keras 3 has for it, or else with somebody's own function as Keras 3 says it. */
function wrapped(object: JsonObject, config: JsonObject): JsonObject {
  const { fn } = config;
  if (typeof fn !== "string") return object;
  if (Object.hasOwn(ofFunctions, fn))
    return { ...object, class_name: ofFunctions[fn]!, config: without(config, ["fn"]) };
  const own = {
    ...config,
    fn: { module: "builtins", class_name: "function", config: fn, registered_name: fn },
  };
  copyMarks(config, own);
  return { ...object, config: own };
}

const most = 100_000;

/**
 * Metrics of a model with one output stand in no list inside a list; those of several have one for each, without nulls, and a
 * list for all of them is given to each.
 */
function forOutputs(metrics: JsonValue[], outputs: () => number): JsonValue {
  const said = metrics.filter((item) => item !== null);
  if (said.some(Array.isArray)) {
    const lists = metrics.map((item) => [item].flat().filter((each) => each !== null));
    return lists.length === 1 ? lists[0]! : lists;
  }
  if (said.length === 0) return said;
  const count = outputs();
  // No model is compiled so: what is written would be without bounds.
  if (count * said.length > most) return said;
  return count > 1 ? Array.from({ length: count }, () => said) : said;
}
