import type { JsonObject, JsonValue } from "../json/json.ts";
import { isDict, picked } from "./change.ts";
import { readKeras1, VERSION_READ } from "./keras-2.0.ts";
import { keras212 } from "./keras-2.12.ts";
import { keras213 } from "./keras-2.13.ts";
import { keras300 } from "./keras-3.0.ts";
import { dialectIn } from "./notes.ts";
import { type Dialect, formatDialect, isOlder, NEWEST_DIALECT, parseDialect, type Range } from "./version.ts";
import { knowOlder } from "./walk.ts";

/** What a config without any sign is taken for: the last version whose configs name no modules. */
const unsaid: Dialect = 211;

const changes = [keras212, keras213, keras300];

/** The first version that keeps arrays as they are now. */
const firstOfNewArrays: Dialect = 200;

/** The last version whose layers have keys that no later one has. */
const lastOfOldKeys: Dialect = 102;

/** The versions of Keras 2 that are written. */
const written: readonly Range[] = [[209, 215]];

/** Has the program read what Keras 2 and older wrote, and write what Keras 2 reads. Who does either says so before. */
export function knowKeras2(): void {
  knowOlder(changes, written, sign);
}

/** Keras 2 names itself behind the config, and the model by its class alone. */
function sign(text: JsonObject): JsonObject {
  const dialect = isDict(text.config) ? dialectIn(text.config) : undefined;
  if (dialect === undefined || !isOlder(dialect) || Object.hasOwn(text, "keras_version")) return text;
  const model = picked(text, ["class_name", "config"]);
  return { ...model, keras_version: `${formatDialect(dialect)}.0`, backend: "tensorflow" };
}

/**
 * The version that wrote a model's config, as the text around it says (`2.9.0`, `2.2.4-tf`), or else as it shows. Null where
 * nothing shows.
 */
export function dialectOfModel(config: JsonValue, version: unknown): Dialect | null {
  const said = typeof version === "string" ? parseDialect(version.replace(/-.*$/, "")) : null;
  if (said !== null) return Math.min(said, NEWEST_DIALECT);
  const layers = layersIn(config);
  if (layers.some(hasOldKeys)) return lastOfOldKeys;
  return layers.some(isOfKeras2) ? unsaid : null;
}

/** Whether a layer is written as only Keras 2 did: its input, or its calls, which are lists. */
function isOfKeras2(layer: JsonValue): boolean {
  if (!isDict(layer)) return false;
  const { config, inbound_nodes: nodes } = layer;
  if (isDict(config) && "batch_input_shape" in config) return true;
  return Array.isArray(nodes) && nodes.some((node) => Array.isArray(node));
}

/** Whether a layer has keys that ended with Keras 1. */
function hasOldKeys(layer: JsonValue): boolean {
  const { config } = isDict(layer) ? layer : ({} as JsonObject);
  return (
    isDict(config) && ["init", "border_mode", "dim_ordering", "input_dtype"].some((key) => key in config)
  );
}

/** Whether a file of this version, or of none that it says, has its arrays as Keras 1 wrote them, by their names. */
export function hasOldArrays(version: unknown, names: readonly string[]): boolean {
  const said = typeof version === "string" ? parseDialect(version) : null;
  if (said !== null) return said < firstOfNewArrays;
  return names.length > 0 && !names.some((name) => name.includes("/"));
}

/**
 * A model's config as it is read, and the version that it is read as; null where nothing shows any. What Keras 1 wrote is
 * read as a newer version would have written it.
 */
export function readOlder<T extends JsonValue>(
  config: T,
  version: unknown,
): { readonly config: T | JsonObject; readonly version?: string; readonly dialect: Dialect | null } {
  const dialect = dialectOfModel(config, version);
  if (dialect === null || dialect >= firstOfNewArrays || !isDict(config)) return { config, dialect };
  return { config: readKeras1(config), version: VERSION_READ, dialect: parseDialect(VERSION_READ) };
}

function layersIn(config: JsonValue): readonly JsonValue[] {
  const own = isDict(config) && "class_name" in config ? (config.config ?? null) : config;
  if (Array.isArray(own)) return own;
  const { layers } = isDict(own) ? own : ({} as JsonObject);
  return Array.isArray(layers) ? layers : [];
}
