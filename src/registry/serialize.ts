import { finished } from "../context.ts";
import { noteOriginal, noteWritten, originalOf } from "../dialects/notes.ts";
import { type Dialect, isOlder } from "../dialects/version.ts";
import { envelopes, graphs, older } from "../dialects/walk.ts";
import { ConfigError } from "../errors.ts";
import type { ConfigurableClass } from "../fields/configurable.ts";
import { dialectOf, graphTextOf, isCopiedGraph, readNamesOf } from "../fields/origin.ts";
import {
  currentLacks,
  currentWriting,
  inDialect,
  keyLeftOut,
  runWriting,
  SHARED_ID,
} from "../fields/writing.ts";
import { comparable } from "../json/comparable.ts";
import { copyEntry, copyJson, setEntry } from "../json/copy.ts";
import { checkLevel, depthLimit } from "../json/depth.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { keysOf, mark } from "../json/marks.ts";
import { toWire, type Wired, writeLiteral } from "./literals.ts";
import { provenance } from "./memory.ts";
import { markFloatsDeep } from "./numbers.ts";

/** An object with a class and a config. */
export interface Serializable {
  readonly constructor: unknown;
  getConfig(): JsonObject;
  /** Facts beside the config: shapes the object was built with. */
  getBuildConfig?(): JsonValue | undefined;
  /** How it was compiled; undefined where it was not, null where it cannot be. */
  getCompileConfig?(): JsonValue | undefined;
  /** What it was read from, where its class is not known here: written back in every dialect. */
  readonly envelope?: JsonObject;
}

/**
 * The JSON form of a value, as Keras's `serialize_keras_object` gives it: objects become envelopes of module, class
 * name and config, functions their names, tuples and lists arrays.
 */
export function serialize(value: unknown): JsonValue {
  return serializeIn(value, 0);
}

/** The same for what is in so many lists and dicts. */
function serializeIn(value: unknown, level: number): JsonValue {
  checkLevel(level);
  if (value === null || value === undefined) return null;
  if (typeof value === "function")
    return isWired(value) ? value[toWire]() : serializeFunction(value as (...args: never[]) => unknown);
  if (Array.isArray(value)) return copyList(value, level + 1);
  if (typeof value === "symbol") throw unwritable(value);
  if (typeof value !== "object") return value as JsonValue;
  if (isWired(value)) return value[toWire]();
  if (isSerializable(value)) return serializeObject(value);
  if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    return copyDict(value as Record<string, unknown>, level + 1);
  }
  const literal = writeLiteral(value, serialize);
  if (literal !== undefined) return literal;
  throw unwritable(value);
}

function unwritable(value: unknown): ConfigError {
  return new ConfigError(
    "serialize",
    `expected a value with getConfig(), a function, a tensor or plain data, received ${inspect(value)}.`,
  );
}

function copyList(values: readonly unknown[], level: number): JsonValue {
  const copy = values.map((value) => serializeIn(value, level));
  markFloatsDeep(values, copy);
  return copy;
}

function copyDict(dict: Readonly<Record<string, unknown>>, level: number): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(dict))
    if (dict[key] !== undefined) setEntry(copy, key, serializeIn(dict[key], level));
  markFloatsDeep(dict, copy);
  return copy;
}

function serializeFunction(fn: (...args: never[]) => unknown): JsonValue {
  if (fn.name === "") {
    throw new ConfigError(
      "serialize",
      "expected a function with a name, received an anonymous one. Name it and pass it in customObjects when reading.",
    );
  }
  const envelope: JsonObject = {
    module: "builtins",
    class_name: "function",
    config: fn.name,
    registered_name: "function",
  };
  provenance.setClass(envelope, fn);
  return envelope;
}

/** How many objects may be inside each other; more could not be written as JSON, or read again. */
const DEEPEST = depthLimit() / 2;

/**
 * An object's envelope: as it was read where it was read from one, else as Keras writes it. The keys of `around` keep
 * their places there for whoever writes them; else they are left out.
 */
export function serializeObject(object: Serializable, around: readonly string[] = []): JsonObject {
  const { depth } = currentWriting();
  if (depth >= DEEPEST) {
    throw new ConfigError(
      "serialize",
      `expected at most ${DEEPEST} objects inside each other, received more.`,
    );
  }
  return inDialect(spokenBy(object), (dialect) => {
    return runWriting(
      { ...currentWriting(), dialect, depth: depth + 1 },
      () => envelopeOf(object, dialect, around),
      () => `${(object.constructor as ConfigurableClass).className}.getConfig`,
    );
  });
}

/** Runs `body`, which writes an object and what is in it, in one dialect. */
export function inOneDialect<T>(object: object, body: () => T): T {
  return inDialect(spokenBy(object), body);
}

/** The config of a graph, of what `writeNew` gives as the newest Keras writes it. */
export function graphConfig(
  object: object & { readonly constructor: unknown },
  writeNew: () => JsonObject,
): JsonObject {
  return inDialect(dialectOf(object), (dialect) => {
    let isAsRead = false;
    const write = () => {
      const written = writeNew();
      const text = graphTextOf(object);
      if (text && dialectOf(object) === dialect) noteOriginal(written, text);
      const config = graphs.down(written, object.constructor as ConfigurableClass, dialect, currentLacks());
      isAsRead = originalOf(config) !== config;
      noteWritten(config, dialect, readNamesOf(object));
      return config;
    };
    return older.numbered(dialect, write, () => (isAsRead ? isCopiedGraph(object) : null));
  });
}

function spokenBy(object: object): Dialect | null {
  return dialectOf(object) ?? provenance.get(object)?.dialect ?? null;
}

function envelopeOf(object: Serializable, dialect: Dialect, around: readonly string[]): JsonObject {
  const cls = object.constructor as ConfigurableClass;
  const source = provenance.get(object);
  const again = source?.again?.[timesWritten(object) - 1];
  const isAsRead = source?.dialect === dialect;
  const raw = object.envelope ?? (isAsRead ? (again ?? source.envelope) : undefined);
  const written = envelopes.down(newEnvelope(object, cls, raw), cls, dialect, currentLacks());
  const now = cls.end?.(written, dialect, currentLacks()) ?? written;
  if (raw && raw === again && isSameButIds(raw.config, now.config)) now.config = copyJson(raw.config!);
  // A file keeps another name of a class of Keras; Python's texts have the first.
  const isText = currentWriting().file === null && !isOlder(dialect);
  const isAlias = cls.module !== null && !object.envelope && raw?.class_name !== now.class_name;
  const said = raw && !object.envelope && isUnsaid(raw, dialect) ? keysOf(now) : [];
  const renamed = (isText && isAlias) || (said.length > 0 && raw?.module === undefined);
  const envelope = raw ? writtenBack(raw, now, around, renamed, said) : now;
  const identity = older.identityOf(object);
  if (identity !== null) envelope[SHARED_ID] ??= identity;
  mark(envelope);
  provenance.setClass(envelope, cls);
  return envelope;
}

/**
 * Whether a `.keras` file says more of an object's class than the envelope it was read from, as a text or an HDF5 file names
 * classes without their modules. Keras 2 finds layers by their class alone.
 */
function isUnsaid({ module, registered_name: registered }: JsonObject, dialect: Dialect): boolean {
  const { file, depth } = currentWriting();
  if (file === null || (isOlder(dialect) && depth > 1)) return false;
  return module === undefined || registered === undefined;
}

/** What an envelope says of its object's class. */
const CLASS_KEYS: readonly string[] = ["module", "class_name", "registered_name"];

/** How often an object was written into a file before; writes it down. */
function timesWritten(object: object): number {
  const { file } = currentWriting();
  const times = file?.get(object) ?? 0;
  file?.set(object, times + 1);
  return times;
}

/** Whether two configs are the same but for the ids of shared objects. */
function isSameButIds(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  const textOf = (json: JsonValue | undefined) => comparable(copyJson(json ?? null, SHARED_ID));
  return a !== undefined && textOf(a) === textOf(b);
}

/** What a functional model adds to the envelopes of its layers. */
export const GRAPH_KEYS: readonly string[] = ["name", "inbound_nodes"];

/** The envelope that an object came from, with what is otherwise now; what it must say comes first. */
function writtenBack(
  raw: JsonObject,
  now: JsonObject,
  around: readonly string[],
  renamed: boolean,
  said: readonly string[],
): JsonObject {
  const envelope: JsonObject = {};
  for (const key of new Set([...said, ...keysOf(raw)])) {
    if (around.includes(key)) envelope[key] = null;
    if (GRAPH_KEYS.includes(key) || key === keyLeftOut()) continue;
    const isNow =
      key === "config" ||
      !Object.hasOwn(raw, key) ||
      (renamed && CLASS_KEYS.includes(key)) ||
      (key === "compile_config" && !(isEmpty(raw[key]) && isEmpty(now[key])));
    if (!isNow) copyEntry(raw, envelope, key, keyLeftOut());
    else if (now[key] !== undefined) envelope[key] = now[key];
  }
  // Where classes are named without their modules, nothing says how they were built.
  const further = raw.module === undefined ? ["compile_config"] : ["build_config", "compile_config"];
  for (const key of further) if (!Object.hasOwn(raw, key) && !isEmpty(now[key])) envelope[key] = now[key]!;
  return envelope;
}

/** What stands for "not compiled". */
function isEmpty(value: JsonValue | undefined): boolean {
  return value == null || (typeof value === "object" && Object.keys(value).length === 0);
}

/**
 * The envelope as the newest Keras writes it, but for its config, which is in the dialect that is written; without what
 * is taken from `raw`.
 */
function newEnvelope(object: Serializable, cls: ConfigurableClass, raw?: JsonObject): JsonObject {
  const names = readNamesOf(object);
  const envelope: JsonObject = {
    module: names ? names.module : cls.module,
    class_name: names ? names.class_name : cls.className,
    config: finished(object.getConfig(), () => `${cls.className}.getConfig`),
    registered_name: names ? names.registered_name : cls.registeredName,
  };
  const build = raw && Object.hasOwn(raw, "build_config") ? undefined : object.getBuildConfig?.();
  if (build !== undefined) envelope.build_config = copyJson(build);
  const compile =
    object.getCompileConfig && !currentWriting().isUncompiled ? object.getCompileConfig() : null;
  if (compile !== null) envelope.compile_config = copyJson(compile ?? {}, keyLeftOut());
  return envelope;
}

function isWired(value: object): value is Wired {
  return toWire in value;
}

export function isSerializable(value: object): value is Serializable {
  return "getConfig" in value && typeof value.getConfig === "function";
}
