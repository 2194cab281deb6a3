import { DEFAULT_DIALECT } from "../dialects/version.ts";
import { CeratopsError } from "../errors.ts";
import { currentReading, runReading } from "../fields/reading.ts";
import { mapNested, type Nested } from "../graph/nested.ts";
import { copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { joinPath } from "../json/path.ts";
import type { Optimizer } from "../optimizers/optimizer.ts";
import { Configurable, copyObject } from "../registry/configurable.ts";
import { deserializeOwned } from "../registry/deserialize.ts";

/** How a model was compiled: objects where their classes are known, else what its config says. */
export interface CompileState {
  /** The optimizer; data where its class is not known here. */
  readonly optimizer?: unknown;
  /** The loss, or lists and dicts of them: objects, functions and names as they were given. */
  readonly loss?: unknown;
  readonly loss_weights?: unknown;
  readonly metrics?: unknown;
  readonly weighted_metrics?: unknown;
  readonly run_eagerly?: unknown;
  readonly steps_per_execution?: unknown;
  readonly jit_compile?: unknown;
  readonly [key: string]: unknown;
}

/** What a `compile_config` says, with objects for what is known; a part in which something is not known stays data. */
export function reviveCompile(config: JsonObject): CompileState {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, revive(key, value)]));
}

function revive(key: string, value: JsonValue | undefined): unknown {
  const isNamed = key === "optimizer" && typeof value === "string";
  // Keras takes the name of an optimizer for one with its defaults.
  const copy: JsonValue | undefined = isNamed
    ? { module: "keras.optimizers", class_name: value.toLowerCase(), config: {}, registered_name: null }
    : value && copyJson(value);
  if (typeof copy !== "object" || copy === null) return value;
  const reading = currentReading();
  try {
    if (!reading) return deserializeOwned(copy);
    const path = joinPath(joinPath(reading.path, "compile_config"), key);
    const dialect = isNamed ? DEFAULT_DIALECT : reading.dialect;
    return runReading({ ...reading, path, dialect, notice: null }, () => reading.resolver.deserialize(copy));
  } catch (error) {
    if (error instanceof CeratopsError) return value;
    throw error;
  }
}

/** The same state with objects of its own: an optimizer and metrics that have seen nothing yet. */
export function freshCompile(state: CompileState): CompileState {
  const fresh = (part: unknown) => (part instanceof Configurable ? copyObject(part) : part);
  return mapNested(state as Nested<unknown>, fresh) as CompileState;
}

/** The optimizer of a compile state. */
export function optimizerOf(state: CompileState | null): Optimizer | null {
  const found = state?.optimizer;
  return isOptimizer(found) ? found : null;
}

/** Told by what it has: who compiles no model carries no optimizers. */
function isOptimizer(value: unknown): value is Optimizer {
  return value instanceof Configurable && "trainedVariables" in value;
}
