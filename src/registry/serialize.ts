import { finished } from "../context.ts";
import { ConfigError } from "../errors.ts";
import { type ConfigurableClass, dialectOf } from "../fields/configurable.ts";
import { DEFAULT_DIALECT, type Dialect } from "../fields/dialect.ts";
import { currentWriting, runWriting } from "../fields/writing.ts";
import { copyEntry, setEntry } from "../json/copy.ts";
import { depthLimit } from "../json/depth.ts";
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
  getCompileConfig?(): JsonValue | undefined;
  /** What it was read from, where its class is not known here: written back in every dialect. */
  readonly envelope?: JsonObject;
}

/**
 * The JSON form of a value, as Keras's `serialize_keras_object` gives it: objects become envelopes of module, class
 * name and config, functions their names, tuples and lists arrays.
 */
export function serialize(value: unknown): JsonValue {
  if (value === null || value === undefined) return null;
  if (
    typeof value === "string" ||
    typeof value === "number" ||
    typeof value === "boolean" ||
    typeof value === "bigint"
  ) {
    return value;
  }
  if (typeof value === "function") return serializeFunction(value as (...args: never[]) => unknown);
  if (Array.isArray(value)) return copyList(value);
  if (isWired(value)) return value[toWire]();
  if (isSerializable(value)) return serializeObject(value);
  if (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) {
    return copyDict(value as Record<string, unknown>);
  }
  const literal = writeLiteral(value, serialize);
  if (literal !== undefined) return literal;
  throw new ConfigError(
    "serialize",
    `expected a value with getConfig(), a function, a tensor or plain data, received ${inspect(value)}.`,
  );
}

function copyList(values: readonly unknown[]): JsonValue {
  const copy = values.map(serialize);
  markFloatsDeep(values, copy);
  return copy;
}

function copyDict(dict: Readonly<Record<string, unknown>>): JsonObject {
  const copy: JsonObject = {};
  for (const key of Object.keys(dict)) if (dict[key] !== undefined) setEntry(copy, key, serialize(dict[key]));
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

/** An object's envelope: as it was read where it was read from one, else as Keras writes it. */
export function serializeObject(object: Serializable): JsonObject {
  const writing = currentWriting();
  const depth = writing.depth + 1;
  if (depth > DEEPEST) {
    throw new ConfigError(
      "serialize",
      `expected at most ${DEEPEST} objects inside each other, received more.`,
    );
  }
  return runWriting({ ...writing, depth }, () => envelopeOf(object));
}

function envelopeOf(object: Serializable): JsonObject {
  const cls = object.constructor as ConfigurableClass;
  const source = provenance.get(object);
  const kept =
    source && (currentWriting().dialect ?? dialectOf(object) ?? source.dialect) === source.dialect
      ? source
      : undefined;
  const raw = object.envelope ?? kept?.envelope;
  const envelope = raw ? keptEnvelope(object, raw) : newEnvelope(object, cls);
  mark(envelope);
  provenance.setClass(envelope, cls);
  return envelope;
}

/** What a functional model adds to the envelopes of its layers. */
const GRAPH_KEYS = ["name", "inbound_nodes"];

function keptEnvelope(object: Serializable, raw: JsonObject): JsonObject {
  const envelope: JsonObject = {};
  const compiled = object.getCompileConfig?.();
  for (const key of keysOf(raw)) {
    if (GRAPH_KEYS.includes(key)) continue;
    if (key === "config") envelope.config = configOf(object);
    else if (key === "compile_config" && (compiled || !isEmpty(raw[key])))
      setIfGiven(envelope, key, compiled);
    else copyEntry(raw, envelope, key);
  }
  if (!Object.hasOwn(raw, "build_config")) setIfGiven(envelope, "build_config", object.getBuildConfig?.());
  if (!Object.hasOwn(raw, "compile_config")) setIfGiven(envelope, "compile_config", compiled);
  return envelope;
}

function configOf(object: Serializable): JsonObject {
  return finished(
    object.getConfig(),
    () => `${(object.constructor as ConfigurableClass).className}.getConfig`,
  );
}

/** What stands for "not compiled". */
function isEmpty(value: JsonValue | undefined): boolean {
  return value === null || (typeof value === "object" && Object.keys(value).length === 0);
}

function newEnvelope(object: Serializable, cls: ConfigurableClass): JsonObject {
  const envelope: JsonObject = {
    module: cls.module,
    class_name: cls.className,
    config: configOf(object),
    registered_name: cls.registeredName,
  };
  setIfGiven(envelope, "build_config", object.getBuildConfig?.());
  setIfGiven(
    envelope,
    "compile_config",
    object.getCompileConfig?.() ??
      (compiles(object) ? uncompiled(currentWriting().dialect ?? DEFAULT_DIALECT) : undefined),
  );
  return envelope;
}

function compiles(object: Serializable): boolean {
  return "getCompileConfig" in object;
}

/** From 3.14 on, a model that is not compiled says so with an empty dict. */
function uncompiled(dialect: Dialect): JsonValue | undefined {
  return dialect >= 314 ? {} : undefined;
}

function setIfGiven(envelope: JsonObject, key: string, value: JsonValue | undefined): void {
  if (value !== undefined) envelope[key] = value;
}

function isWired(value: object): value is Wired {
  return toWire in value;
}

export function isSerializable(value: object): value is Serializable {
  return "getConfig" in value && typeof value.getConfig === "function";
}
