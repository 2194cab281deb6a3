import { ConfigError } from "../errors.ts";
import { attachment } from "../json/attachment.ts";
import { copyEntry, copyJson } from "../json/copy.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { isMarked, keysOf, mark, markFloat, setKeyOrder } from "../json/marks.ts";
import { didYouMean } from "../json/suggest.ts";
import { DEFAULT_DIALECT, type Dialect, parseDialect, writingDialect } from "./dialect.ts";
import type { AnyField, Fields } from "./field.ts";
import { Problems } from "./problems.ts";
import { readScope } from "./scope.ts";

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
  readonly values: Readonly<Record<string, unknown>>;
  readonly dialect: Dialect;
}

const origins = /* @__PURE__ */ attachment<Origin>();

/** The Keras version an object's config came from; null for one made here. */
export function dialectOf(object: object): Dialect | null {
  return origins.get(object)?.dialect ?? null;
}

/**
 * Sets an object's fields from options: validates, fills in defaults, and throws one {@link ConfigError} with all
 * that is wrong. Options that came from a config are remembered, so that they are written back as they were.
 */
export function setFields(object: object, cls: ConfigurableClass, options: object): void {
  const scope = readScope();
  const problems = new Problems(scope ? () => scope.path : cls.className);
  const values: Record<string, unknown> = {};
  const given = options as Readonly<Record<string, unknown>>;
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(cls.fields, key) || given[key] === undefined) continue;
    const issue = {
      path: problems.path,
      message: `unknown key ${JSON.stringify(key)}.${didYouMean(key, Object.keys(cls.fields))}`,
    };
    if (scope?.notice) scope.notice(issue);
    else problems.issues.push(issue);
  }
  for (const key in cls.fields) {
    const field = cls.fields[key]!;
    let input: unknown = Object.hasOwn(given, key) ? given[key] : undefined;
    if (input === undefined) {
      if (field.required) {
        problems.at(key, () => problems.say(`expected ${field.expected}, received nothing.`));
        continue;
      }
      input = field.default;
    }
    values[field.property ?? key] = problems.parse(key, field, input);
  }
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  Object.assign(object, values);
  if (isMarked(options)) {
    origins.set(object, {
      config: scope?.isOwned ? (options as JsonObject) : copyJson(options as JsonObject),
      values,
      dialect: scope?.dialect ?? DEFAULT_DIALECT,
    });
  }
}

/** Says that an object as it is now was written as `config`. */
export function rememberConfig(
  object: object,
  cls: ConfigurableClass,
  config: JsonObject,
  dialect: Dialect,
): void {
  const values: Record<string, unknown> = {};
  for (const key in cls.fields) {
    const property = cls.fields[key]!.property ?? key;
    values[property] = (object as Record<string, unknown>)[property];
  }
  origins.set(object, { config: copyJson(config), values, dialect });
}

/**
 * The config of an object with fields: values that are as they were read are written as they were, to the
 * character; the rest as Keras writes it in the dialect asked for.
 */
export function writeFields(object: object, cls: ConfigurableClass): JsonObject {
  const origin = origins.get(object);
  const dialect = writingDialect() ?? origin?.dialect ?? DEFAULT_DIALECT;
  const own = object as Readonly<Record<string, unknown>>;
  const config: JsonObject = {};
  mark(config);
  const kept = origin?.dialect === dialect ? origin : undefined;
  if (kept) {
    const keys = keysOf(kept.config);
    setKeyOrderIfNeeded(kept.config, config, keys);
    for (const key of keys) {
      const raw = kept.config[key];
      if (raw === undefined) continue;
      const field = Object.hasOwn(cls.fields, key) ? cls.fields[key] : undefined;
      const property = field?.property ?? key;
      if (!field || own[property] === kept.values[property]) copyEntry(kept.config, config, key);
      else writeValue(config, key, field, own[property]);
    }
  }
  for (const key in cls.fields) {
    const field = cls.fields[key]!;
    if (Object.hasOwn(config, key)) continue;
    const value = own[field.property ?? key];
    if (kept ? isDefault(field, value) : !isWritten(field, value, dialect, `${cls.className}.${key}`))
      continue;
    writeValue(config, key, field, value);
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
  throw new ConfigError([
    {
      path,
      message:
        `expected its default, because Keras ${formatDialect(dialect)} does not know this key ` +
        `(it came with Keras ${field.since}), received ${JSON.stringify(field.toJson(value as never))}.`,
    },
  ]);
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
