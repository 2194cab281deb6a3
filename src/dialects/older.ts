import type { JsonObject, JsonValue } from "../json/json.ts";
import { behaviourIn } from "./behaviour.ts";
import { type Change, isDict, picked } from "./change.ts";
import { outputsOf } from "./keras-2/compile-outputs.ts";
import { readCompile } from "./keras-2/compile-read.ts";
import { computing } from "./keras-2/computing.ts";
import { readEnvelope } from "./keras-2/envelopes.ts";
import { identityOf, numbered } from "./keras-2/identities.ts";
import { isOfLayer, shownByKeys, showsKeras3 } from "./keras-2/shown-by-keys.ts";
import { keras200, readKeras1, VERSION_READ } from "./keras-2.0.ts";
import { keras210 } from "./keras-2.10.ts";
import { keras212 } from "./keras-2.12.ts";
import { keras213 } from "./keras-2.13.ts";
import { keras300 } from "./keras-3.0.ts";
import { dialectIn } from "./notes.ts";
import { type Dialect, formatDialect, isOlder, NEWEST_DIALECT, parseDialect, type Range } from "./version.ts";
import { older, walk } from "./walk.ts";

/** The version that what is made takes its own from; null where it takes the place of nothing older. */
let made: Dialect | null = null;

const changes = [keras200, keras210, keras212, keras213, keras300];

/** The versions of Keras 2 that are written. */
const written: readonly Range[] = [[209, 215]];

/** What layers are to Keras 2. */
interface Layers {
  /** How they compute otherwise. */
  readonly computing: Change;
  /** The version that a layer is of; null of a new one. */
  readonly dialectOf: (layer: object) => Dialect | null;
  /** Told of each object that is written. */
  readonly written: (object: object) => void;
}

/** Has the program read what Keras 2 and older wrote, and write what Keras 2 reads. Who does either says so before. */
export function knowKeras2(layers: Layers): void {
  older.walks ??= {
    configs: walk("configs", changes),
    envelopes: walk("envelopes", changes),
    graphs: walk("graphs", changes),
  };
  older.written = written;
  older.behaviourOf ??= behaviourIn([...computing, layers.computing]);
  older.like = (layer, make) => {
    const before = made;
    made = layers.dialectOf(layer);
    try {
      return make();
    } finally {
      made = before;
    }
  };
  older.shown = (config, cls) => {
    if (made !== null && !isOlder(made)) return null;
    const isModel = "layers" in config;
    const shown = isModel ? dialectOfModel(config, null) : shownByKeys(config, cls);
    if (shown === null && (isModel || showsKeras3(config) || !isOfLayer(cls))) return null;
    return made ?? shown;
  };
  older.compiled = compiled;
  older.sign = sign;
  older.identityOf = (object) => {
    layers.written(object);
    return identityOf(object);
  };
  older.numbered = numbered;
}

const compiled: typeof older.compiled = (config, from, { dialect, lacks = null }, graph) =>
  isOlder(from) && dialect !== null && !isOlder(dialect)
    ? readCompile(config, { dialect, lacks, outputs: () => outputsOf(graph) })
    : config;

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
  const envelopes = envelopesIn(config);
  for (const { before } of changes) if (before && envelopes.some(before.isSeenIn)) return before.dialect;
  return null;
}

/** Whether a file of this version, or of none that it says, has its arrays as Keras 1 wrote them, by their names. */
export function hasOldArrays(version: unknown, names: readonly string[]): boolean {
  const said = typeof version === "string" ? parseDialect(version) : null;
  if (said !== null) return said < keras200.since;
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
  if (dialect === null || dialect >= keras200.since || !isDict(config)) return { config, dialect };
  return { config: readKeras1(config), version: VERSION_READ, dialect: parseDialect(VERSION_READ) };
}

/** A class that Keras 2 names, as it is named today: it moved, or is an option of another one. */
export function namedToday(className: string, module: string | null): JsonObject {
  return picked(readEnvelope({ class_name: className, module, config: {} }), ["class_name", "module"]);
}

/** The envelopes of a model and its layers, those of models and layers inside among them. */
function envelopesIn(model: JsonValue): readonly JsonObject[] {
  const found: JsonObject[] = [];
  const pending = isDict(model) && "class_name" in model ? [model] : insideOf(model);
  for (const value of pending) {
    if (!isDict(value) || !("class_name" in value)) continue;
    found.push(value);
    for (const inner of insideOf(value.config)) pending.push(inner);
  }
  return found;
}

/** The layers that a config has. */
function insideOf(config: JsonValue | undefined): JsonValue[] {
  if (Array.isArray(config)) return [...config];
  const { layers, layer } = isDict(config) ? config : {};
  return [...(Array.isArray(layers) ? layers : []), ...(isDict(layer) ? [layer] : [])];
}
