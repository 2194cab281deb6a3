import { ConfigError, type Issue } from "../errors.ts";
import { attachment } from "../json/attachment.ts";
import { copyEntry, copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { aboutOf, isMarked, keysOf, mark, markFloat, setAbout, setKeyOrder } from "../json/marks.ts";
import { didYouMean } from "../json/suggest.ts";
import { DEFAULT_DIALECT, type Dialect, parseDialect } from "./dialect.ts";
import type { AnyField, Fields } from "./field.ts";
import { Problems } from "./problems.ts";
import { currentReading } from "./reading.ts";
import { currentWriting } from "./writing.ts";

/** What every class with a config says of itself. */
export interface ConfigurableClass {
  /** The name in `class_name`. */
  readonly className: string;
  /** The path in `module`; null for a class that Keras does not know. */
  readonly module: string | null;
  /** `package>name` of a custom class, or the class's name where Keras has no public path for it. */
  readonly registeredName: string | null;
  readonly fields: Fields;
}

/** How an object was written in the config it came from: unchanged values are written back as they were. */
interface Origin {
  readonly config: JsonObject;
  /** What the config gave, in the order of the fields; {@link CHANGED} where the object has something else since. */
  readonly values: readonly unknown[];
  readonly dialect: Dialect;
}

/** Stands for a value that is not the config's any more. */
const CHANGED: unique symbol = Symbol("changed");

const origins = /* @__PURE__ */ attachment<Origin>();
/** The same of objects whose config is not kept, such as models. */
const dialects = /* @__PURE__ */ attachment<Dialect>();

/** The Keras version an object's config came from; null for one made here. */
export function dialectOf(object: object): Dialect | null {
  return origins.get(object)?.dialect ?? dialects.get(object) ?? null;
}

/** Says which Keras version an object's config came from, where the config itself did not say. */
export function setDialect(object: object, dialect: Dialect): void {
  if (dialectOf(object) === null) dialects.set(object, dialect);
}

/** One field of a class, under the names it has in options and on the instance. */
interface Entry {
  readonly key: string;
  readonly property: string;
  readonly field: AnyField;
  /** The default was read once and stands for itself, so that it need not be read again. */
  isPlain: boolean;
}

const entries = /* @__PURE__ */ attachment<readonly Entry[]>();

/** The fields of a record as a list, made once. */
function entriesOf(fields: Fields): readonly Entry[] {
  let list = entries.get(fields);
  if (!list) {
    list = Object.keys(fields).map((key): Entry => {
      const field = fields[key]!;
      return { key, property: field.property ?? key, field, isPlain: false };
    });
    entries.set(fields, list);
  }
  return list;
}

/**
 * Sets an object's fields from options: validates, fills in defaults, and throws one {@link ConfigError} with all
 * that is wrong. Options that came from a config are remembered, so that they are written back as they were.
 */
export function setFields(object: object, cls: ConfigurableClass, options: object): void {
  if (options instanceof Values) {
    options.giveTo(object, cls);
    return;
  }
  const reading = currentReading();
  const problems = new Problems(reading ? () => reading.path : cls.className);
  const given = options as Readonly<Record<string, unknown>>;
  const own = object as Record<string, unknown>;
  let known = 0;
  for (const entry of entriesOf(cls.fields)) {
    const { key, property, field } = entry;
    const input = given[key];
    if (input !== undefined) {
      known++;
      own[property] = problems.parse(key, field, input);
    } else if (entry.isPlain) own[property] = field.default;
    else if (field.required) {
      problems.at(key, () => problems.say(`expected ${field.expected}, received nothing.`));
    } else {
      own[property] = problems.parse(key, field, field.default);
      entry.isPlain = own[property] === field.default && !isObject(field.default);
    }
  }
  if (known < Object.keys(given).length) checkKeys(given, cls.fields, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  if (isMarked(options)) {
    origins.set(object, {
      config: reading?.isOwned ? (options as JsonObject) : copyJson(options as JsonObject),
      values: valuesOf(object, cls),
      dialect: dialectIn(options) ?? reading?.dialect ?? DEFAULT_DIALECT,
    });
  }
}

/** Says which keys no field has, before what else is wrong; where the reader is lenient they are only noted. */
function checkKeys(given: Readonly<Record<string, unknown>>, fields: Fields, problems: Problems): void {
  const notice = currentReading()?.notice;
  const unknown: Issue[] = [];
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(fields, key) || given[key] === undefined) continue;
    const message = `unknown key ${JSON.stringify(key)}.${didYouMean(key, Object.keys(fields))}`;
    const issue = { path: problems.path, message };
    if (notice) notice(issue);
    else unknown.push(issue);
  }
  problems.issues.unshift(...unknown);
}

/** The values of an object's fields, for an object of the same class. */
class Values {
  readonly #source: object;

  constructor(source: object, cls: ConfigurableClass) {
    this.#source = source;
    const from = source as Readonly<Record<string, unknown>>;
    const to = this as unknown as Record<string, unknown>;
    for (const { key, property, field } of entriesOf(cls.fields)) {
      const value = from[property];
      to[key] = isObject(value) ? field.copy!(value) : value;
    }
  }

  /** Sets the fields; an object made of a config stands for the same config. */
  giveTo(object: object, cls: ConfigurableClass): void {
    const given = this as unknown as Readonly<Record<string, unknown>>;
    const own = object as Record<string, unknown>;
    for (const { key, property } of entriesOf(cls.fields)) own[property] = given[key];
    const origin = origins.get(this.#source);
    if (!origin) return;
    const source = this.#source as Readonly<Record<string, unknown>>;
    const { config, dialect } = origin;
    const values = entriesOf(cls.fields).map(({ property }, i) =>
      source[property] === origin.values[i] ? own[property] : CHANGED,
    );
    origins.set(object, { config, values, dialect });
  }
}

/**
 * Options for a copy of an object, in place of its config: what `fromConfig(getConfig())` would read, without writing
 * it first. Null where a value can be copied only by way of JSON. For classes whose fields say all of their config.
 */
export function copiedOptions(object: object, cls: ConfigurableClass): object | null {
  const own = object as Readonly<Record<string, unknown>>;
  const fits = ({ property, field }: Entry) => field.copy !== undefined || !isObject(own[property]);
  return entriesOf(cls.fields).every(fits) ? new Values(object, cls) : null;
}

function isObject(value: unknown): boolean {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

/** The values of an object's fields as they are now. */
function valuesOf(object: object, cls: ConfigurableClass): unknown[] {
  const own = object as Readonly<Record<string, unknown>>;
  return entriesOf(cls.fields).map(({ property }) => own[property]);
}

/** The dialect of a config that an object wrote; undefined for one from elsewhere. */
function dialectIn(config: object): Dialect | undefined {
  const about = aboutOf(config);
  return about && "dialect" in about ? (about.dialect as Dialect) : undefined;
}

/** Says that an object as it is now was written as `config`. */
export function rememberConfig(
  object: object,
  cls: ConfigurableClass,
  config: JsonObject,
  dialect: Dialect,
): void {
  origins.set(object, { config: copyJson(config), values: valuesOf(object, cls), dialect });
}

/**
 * The config of an object with fields: values that are as they were read are written as they were, to the
 * character; the rest as Keras writes it in the dialect asked for.
 */
export function writeFields(object: object, cls: ConfigurableClass): JsonObject {
  const origin = origins.get(object);
  const dialect = currentWriting().dialect ?? origin?.dialect ?? DEFAULT_DIALECT;
  const own = object as Readonly<Record<string, unknown>>;
  const list = entriesOf(cls.fields);
  const config: JsonObject = {};
  if (dialect === DEFAULT_DIALECT) mark(config);
  else setAbout(config, { dialect });
  const kept = origin?.dialect === dialect ? origin : undefined;
  if (kept) {
    const keys = keysOf(kept.config);
    setKeyOrderIfNeeded(kept.config, config, keys);
    const isUnchanged = (key: string): boolean => {
      const i = list.findIndex((entry) => entry.key === key);
      return i < 0 || own[list[i]!.property] === kept.values[i];
    };
    for (const key of keys) {
      if (kept.config[key] === undefined) continue;
      if (isUnchanged(key)) copyEntry(kept.config, config, key);
      else writeValue(config, key, cls.fields[key]!, own[cls.fields[key]!.property ?? key]);
    }
  }
  for (const { key, property, field } of list) {
    if (Object.hasOwn(config, key)) continue;
    const value = own[property];
    const isLeftOut = kept
      ? isDefault(field, value)
      : !isWritten(field, value, dialect, `${cls.className}.${key}`);
    if (!isLeftOut) writeValue(config, key, field, value);
  }
  return config;
}

function setKeyOrderIfNeeded(from: JsonObject, to: JsonObject, keys: readonly string[]): void {
  if (Object.keys(from).some((key, i) => key !== keys[i])) setKeyOrder(to, keys);
}

function writeValue(config: JsonObject, key: string, field: AnyField, value: unknown): void {
  const json: JsonValue = field.toJson(value as never);
  config[key] = json;
  if (!field.float) return;
  if (typeof json === "number") markFloat(config, key);
  else if (Array.isArray(json))
    for (const i of json.keys()) if (typeof json[i] === "number") markFloat(json, i);
}

/** Whether a dialect has the key; one that it lacks must hold its default. */
function isWritten(field: AnyField, value: unknown, dialect: Dialect, path: string): boolean {
  if (field.omitIfNull && value === null) return false;
  const known =
    (field.since === undefined || dialect >= parseDialect(field.since)!) &&
    (field.until === undefined || dialect < parseDialect(field.until)!);
  if (known || isDefault(field, value)) return known;
  throw new ConfigError(
    path,
    `expected its default, because Keras ${formatDialect(dialect)} does not know this key ` +
      `(it came with Keras ${field.since}), received ${JSON.stringify(field.toJson(value as never))}.`,
  );
}

function isDefault(field: AnyField, value: unknown): boolean {
  if (field.required) return false;
  if (value === field.default) return true;
  const byDefault = field.parse(field.default, new Problems(""));
  return JSON.stringify(field.toJson(byDefault)) === JSON.stringify(field.toJson(value as never));
}

/** `306` → `3.6`. */
export function formatDialect(dialect: Dialect): string {
  return `${Math.floor(dialect / 100)}.${dialect % 100}`;
}
