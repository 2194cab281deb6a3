import { setEntry } from "../../json/copy.ts";
import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import { copyMarks, mark } from "../../json/marks.ts";
import { joinPath } from "../../json/path.ts";
import { isDict, without } from "../change.ts";
import type { Lacks } from "../lacks.ts";
import { type Dialect, formatDialect } from "../version.ts";
import { type CompiledKind, compiledClass, compiledParts, unknownNames } from "./compiled-objects.ts";
import { hasOptimizer, named, writeOptimizer } from "./optimizers-write.ts";
import { isOwn } from "./registered.ts";

const keys = [
  ...["optimizer", "loss", "metrics", "loss_weights", "weighted_metrics"],
  ...["run_eagerly", "steps_per_execution", "jit_compile"],
];

/** What losses and metrics are written for, and what tells of that which it lacks. */
export interface CompiledFor {
  /** A version of Keras 2. */
  readonly dialect: Dialect;
  readonly lacks: Lacks;
  /** What outputs in a dict are called. */
  readonly outputs?: readonly string[];
}

/**
 * How a model was compiled, of what Keras 3 says, as `.keras` files of Keras 2 say it; null where it is left out, as its
 * optimizer is one that Keras 2 lacks.
 */
export function writeCompile(compiled: JsonObject, to: CompiledFor): JsonObject | null {
  const optimizer = optimizerIn(compiled.optimizer ?? null, to);
  if (optimizer === undefined) return null;
  const written: JsonObject = {};
  for (const key of keys) {
    const value = key === "optimizer" ? optimizer : (compiled[key] ?? null);
    const kind = compiledParts[key];
    const objects = kind ? (objectsIn(value, kind, `compile_config.${key}`, to) ?? null) : value;
    written[key] = kind === "metric" ? byOutput(objects, to) : objects;
  }
  if (compiled.auto_scale_loss === false) {
    const message = "expected true, because Keras 2 scales losses in float16 always, received false.";
    to.lacks.say("compile_config.auto_scale_loss", message, true);
  }
  // Keras 3 says so where it found out that it can.
  if (written.jit_compile !== false) written.jit_compile = null;
  mark(written);
  return written;
}

/** Metrics in a list for each of the outputs, as HDF5 files have them, by what the outputs are called. */
function byOutput(metrics: JsonValue, { outputs }: CompiledFor): JsonValue {
  if (!outputs || !Array.isArray(metrics) || metrics.length !== outputs.length) return metrics;
  if (!metrics.every((item) => item === null || Array.isArray(item))) return metrics;
  const lists = metrics.map((item) => (item ?? []).filter((each) => each !== null));
  return Object.fromEntries(outputs.map((name, i) => [name, lists[i]!]));
}

/** Keys that all optimizers of Keras 3 have, and none before. */
const newKeys = ["loss_scale_factor", "gradient_accumulation_steps"];

/** An optimizer as Keras 2 has it; undefined where it is left out. Objects were written so before, others are data. */
function optimizerIn(optimizer: JsonValue, { dialect, lacks }: CompiledFor): JsonValue | undefined {
  if (!isDict(optimizer) || optimizer.module !== "keras.optimizers" || !isDict(optimizer.config))
    return optimizer;
  const path = "compile_config.optimizer";
  const { class_name: name, config } = optimizer;
  if (!hasOptimizer(name)) {
    const message = `expected an optimizer that Keras 2 has, received ${inspect(name)}.`;
    return lacks.say(path, message, true) ? undefined : optimizer;
  }
  if (!newKeys.some((key) => Object.hasOwn(config, key))) return named(optimizer, dialect);
  const written = writeOptimizer(config, String(name), (key, expected, value, droppable) =>
    lacks.say(joinPath(path, key), `expected ${expected}, received ${inspect(value)}.`, droppable),
  );
  return named({ ...optimizer, config: written }, dialect);
}

/** The same names, lists and dicts as Keras 2 writes them; undefined where nothing of it is left. */
function objectsIn(
  value: JsonValue,
  kind: CompiledKind,
  path: string,
  to: CompiledFor,
): JsonValue | undefined {
  if (typeof value === "string") return isRefused(value, kind, path, to) ? undefined : value;
  if (Array.isArray(value)) {
    const items = value.map((item, i) => objectsIn(item, kind, joinPath(path, i), to));
    // Losses stand at the places of the outputs.
    const list =
      kind === "loss" ? items.map((item) => item ?? null) : items.filter((item) => item !== undefined);
    copyMarks(value, list);
    return list;
  }
  if (!isDict(value)) return value;
  if ("class_name" in value && "config" in value)
    return isDict(value.config) ? objectIn(value, kind, path, to) : functionIn(value, kind, path, to);
  const dict: JsonObject = {};
  copyMarks(value, dict);
  for (const key of Object.keys(value)) {
    const item = objectsIn(value[key]!, kind, joinPath(path, key), to);
    if (item !== undefined) setEntry(dict, key, item);
  }
  return dict;
}

function isRefused(name: string, kind: CompiledKind, path: string, { lacks }: CompiledFor): boolean {
  if (!unknownNames[kind].has(name)) return false;
  return lacks.say(path, `expected a ${kind} that Keras 2 has, received ${inspect(name)}.`, true);
}

function functionIn(value: JsonObject, kind: CompiledKind, path: string, to: CompiledFor) {
  const isOfKeras = value.module === "builtins" && typeof value.config === "string";
  return isOfKeras && isRefused(value.config as string, kind, path, to) ? undefined : value;
}

/** A loss or metric without what Keras 3 says of it beside; undefined where it is left out. */
function objectIn(
  object: JsonObject,
  kind: CompiledKind,
  path: string,
  to: CompiledFor,
): JsonObject | undefined {
  const { class_name: name, config: given } = object;
  const config = given as JsonObject;
  const known = compiledClass(kind, String(name));
  if (isOwn(object)) return object;
  const { dialect, lacks } = to;
  return lacks.whole(
    () => path,
    () => {
      if (!known || known.since > dialect) {
        const version = known ? formatDialect(dialect) : "2";
        lacks.say("", `expected a ${kind} that Keras ${version} has, received ${inspect(name)}.`);
        return object;
      }
      const left = Object.keys(config).filter((key) => {
        // Keras 2 says nothing of a class to ignore that is none.
        if (key === "ignore_class" && config[key] === null) return true;
        // It has the options of its function.
        if (name === "MeanMetricWrapper") return false;
        const row = known.keys.find((row) => row.key === key);
        if (row && row.since <= dialect) return false;
        const value = config[key]!;
        // Losses of Keras 2 have no dtype.
        if (row ? value === row.silent : value === null || (kind === "loss" && key === "dtype")) return true;
        const version = row && row.since < 300 ? formatDialect(dialect) : "2";
        lacks.say(`.${key}`, `expected an option that Keras ${version} has, received ${inspect(value)}.`);
        return true;
      });
      const written = without(config, left);
      if (kind === "loss" && written.reduction === null) written.reduction = "none";
      for (const [key, values] of Object.entries(choices[String(name)] ?? choices[kind] ?? {})) {
        if (written[key] === undefined || values.includes(written[key])) continue;
        const expected = values.map((value) => inspect(value)).join(" or ");
        lacks.say(`.${key}`, `expected ${expected}, received ${inspect(written[key])}.`);
      }
      const result = { ...object, config: written };
      copyMarks(object, result);
      return result;
    },
  );
}

/** Options of which Keras 2 has fewer values, by class or kind. */
const choices: Readonly<Record<string, Readonly<Record<string, readonly JsonValue[]>>>> = {
  AUC: { curve: ["ROC", "PR"] },
  loss: { reduction: ["sum_over_batch_size", "sum", "none", "auto"] },
};
