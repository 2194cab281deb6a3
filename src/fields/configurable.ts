import type { End } from "../dialects/keras-2/ended.ts";
import { dialectIn, expectedIn, isWholeIn, originalOf } from "../dialects/notes.ts";
import { DEFAULT_DIALECT } from "../dialects/version.ts";
import { ConfigError, type Issue } from "../errors.ts";
import { copyJson } from "../json/copy.ts";
import { inspect, isPlain } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import { isMarked } from "../json/marks.ts";
import { quote } from "../json/quote.ts";
import { didYouMean } from "../json/suggest.ts";
import { type Entry, entriesOf } from "./entries.ts";
import type { Fields } from "./field.ts";
import { CHANGED, originOf, setOrigin } from "./origin.ts";
import { Problems } from "./problems.ts";
import { currentReading } from "./reading.ts";
import { guardFields } from "./redeclared.ts";

/** What every class with a config says of itself. */
export interface ConfigurableClass {
  /** The name in `class_name`. */
  readonly className: string;
  /** The path in `module`; null for a class that Keras does not know. */
  readonly module: string | null;
  /** `package>name` of a custom class, or the class's name where Keras has no public path for it. */
  readonly registeredName: string | null;
  readonly fields: Fields;
  /** Whether its config has layers and their calls beside its fields. */
  readonly holdsGraph?: boolean;
  /** What becomes of its objects in the versions of Keras that no longer have it. */
  readonly end?: End;
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
  if (!isPlain(options)) throw noOptions(cls, options);
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
      const value = problems.parse(key, field, input);
      // A setter of the class is not told of what was refused.
      if (value !== undefined) own[property] = value;
    } else if (entry.isPlain) own[property] = field.default;
    else if (field.required) {
      problems.at(key, () => problems.say(`expected ${field.expected}, received nothing.`));
    } else {
      own[property] = problems.parse(key, field, field.default);
      entry.isPlain = own[property] === field.default && !isObject(field.default);
    }
  }
  for (const _ in given) known--;
  if (known < 0) checkKeys(given, cls.fields, problems);
  if (problems.issues.length > 0) throw new ConfigError(problems.issues);
  guardFields(object, cls, entriesOf(cls.fields));
  if (isMarked(options)) rememberConfig(object, cls, options as JsonObject);
}

/** The error for what is no object of options: `new Dense(3)`. */
function noOptions(cls: ConfigurableClass, received: unknown): ConfigError {
  const required = entriesOf(cls.fields).find(({ field }) => field.required);
  const example = required ? ` such as { ${required.key}: … }` : "";
  const message = `expected an object of options${example}, received ${inspect(received)}.`;
  return new ConfigError(cls.className, message);
}

/** Says which keys no field has, before what else is wrong; where the reader is lenient they are only noted. */
function checkKeys(given: Readonly<Record<string, unknown>>, fields: Fields, problems: Problems): void {
  const { issues } = problems;
  let others: Issue[] | undefined;
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(fields, key) || given[key] === undefined) continue;
    others ??= issues.splice(0);
    const expected = expectedIn(given, key);
    if (expected === undefined)
      problems.say(`unknown key ${quote(key)}.${didYouMean(key, Object.keys(fields))}`);
    else problems.at(key, () => problems.expected(expected, given[key]));
  }
  if (!others) return;
  const notice = currentReading()?.notice;
  if (notice) for (const issue of issues.splice(0)) notice(issue);
  for (const issue of others) issues.push(issue);
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
    const origin = originOf(this.#source);
    if (!origin) return;
    const source = this.#source as Readonly<Record<string, unknown>>;
    const { config, dialect, newest } = origin;
    const values = entriesOf(cls.fields).map(({ property }, i) =>
      source[property] === origin.values[i] ? own[property] : CHANGED,
    );
    setOrigin(object, { config, values, dialect, newest });
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

/** The values of an object's fields as they are now; an older version said elsewhere what its config does not say. */
function valuesOf(
  object: object,
  cls: ConfigurableClass,
  config: JsonObject,
  original: JsonObject,
): unknown[] {
  const own = object as Readonly<Record<string, unknown>>;
  const isElsewhere = (key: string) => config !== original && key in config && !(key in original);
  return entriesOf(cls.fields).map(({ key, property }) => (isElsewhere(key) ? CHANGED : own[property]));
}

/** Says that an object as it is now is what a config says that was read. */
export function rememberConfig(object: object, cls: ConfigurableClass, config: JsonObject): void {
  const reading = currentReading();
  const original = originalOf(config);
  const isWhole = isWholeIn(config);
  setOrigin(object, {
    config: reading?.isOwned ? original : copyJson(original),
    values: valuesOf(object, cls, config, isWhole ? config : original),
    dialect: dialectIn(config) ?? reading?.dialect ?? DEFAULT_DIALECT,
    newest: isWhole ? config : undefined,
  });
}

/** Has an object of somebody's own class say in its config what another's config says, and leave out what that does. */
export function sayLike(object: object, other: object, { module, fields }: ConfigurableClass): void {
  const origin = originOf(other);
  if (module !== null || !origin || originOf(object)) return;
  const own = object as Readonly<Record<string, unknown>>;
  const isSaid = (key: string) => Object.hasOwn(origin.config, key);
  const entries = entriesOf(fields);
  // Keys without a value: whatever is said is written anew.
  const config = Object.fromEntries(Object.keys(origin.config).map((key) => [key, undefined]));
  const values = entries.map(({ key, property }) => (isSaid(key) ? CHANGED : own[property]));
  setOrigin(object, { config: config as unknown as JsonObject, values, dialect: origin.dialect });
}
