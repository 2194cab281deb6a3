import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { isDict, without } from "../change.ts";
import { formatDialect } from "../version.ts";
import { isObject, metricsFor, type ReadFor, weigh } from "./compile-outputs.ts";
import { type CompiledKind, compiledParts } from "./compiled-objects.ts";
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
  cosine_similarity: "CosineSimilarity",
  hinge: "Hinge",
  kl_divergence: "KLDivergence",
  log_cosh_error: "LogCoshError",
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
 * How a model was compiled, of what files of Keras 2 say, as Keras 3 takes it; but for its optimizer. What is nobody's there
 * stays as it is.
 */
export function readCompile(compiled: JsonObject, to: ReadFor): JsonObject {
  const silent = unsaid.filter((key) => compiled[key] === null);
  const result = without(compiled, silent);
  for (const [key, kind] of Object.entries(compiledParts))
    if (result[key] != null) result[key] = replaced(result[key], (value) => objectOf(value, kind, key, to));
  weigh(result, to);
  for (const key of ["metrics", "weighted_metrics"])
    if (result[key] != null) result[key] = metricsFor(result[key], to.outputs);
  mark(result);
  return result;
}

/** A name or an object as Keras 3 has it; undefined for what holds some, null for what is left out. */
function objectOf(value: JsonValue, kind: CompiledKind, key: string, to: ReadFor): JsonValue | undefined {
  if (typeof value === "string") return nameIn(value, kind);
  if (!isObject(value)) return undefined;
  if (!isDict(value.config) || isOwn(value)) return value;
  return isEnded(value, kind, key, to) ? null : objectIn(value, kind);
}

/** Metrics of Keras 2 that no Keras 3 has. */
const endedMetrics: readonly JsonValue[] = ["MeanRelativeError", "MeanTensor"];

/** Whether an object is left out, as Keras 3 has no such class. */
function isEnded({ class_name: name }: JsonObject, kind: CompiledKind, key: string, to: ReadFor): boolean {
  if (!to.lacks || kind !== "metric" || !endedMetrics.includes(name!)) return false;
  const message = `expected a metric that Keras ${formatDialect(to.dialect)} has, received ${inspect(name)}, which ended with Keras 2.`;
  return to.lacks.say(`compile_config.${key}`, message, true);
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
  const name = nameIn(fn, "metric");
  if (Object.hasOwn(ofFunctions, name))
    return { ...object, class_name: ofFunctions[name]!, config: without(config, ["fn"]) };
  const own = {
    ...config,
    fn: { module: "builtins", class_name: "function", config: fn, registered_name: fn },
  };
  copyMarks(config, own);
  return { ...object, config: own };
}
