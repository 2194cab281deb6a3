import { Lacks } from "../dialects/lacks.ts";
import { noteWritten } from "../dialects/notes.ts";
import { placeIn } from "../dialects/place-in.ts";
import { type Dialect, formatDialect, isOlder } from "../dialects/version.ts";
import { configs } from "../dialects/walk.ts";
import { comparable } from "../json/comparable.ts";
import { copyEntry, copyJson } from "../json/copy.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";
import { isFloat, keysOf, markFloat, setKeyOrder, unmarkFloat } from "../json/marks.ts";
import { joinPath } from "../json/path.ts";
import type { ConfigurableClass } from "./configurable.ts";
import { type Entry, entriesOf } from "./entries.ts";
import type { AnyField } from "./field.ts";
import { dialectOf, type Origin, originOf, readNamesOf } from "./origin.ts";
import { Problems } from "./problems.ts";
import { currentLacks, currentWriting, inDialect, keyLeftOut, SHARED_ID } from "./writing.ts";

type Properties = Readonly<Record<string, unknown>>;

/**
 * The config of an object with fields: values that are as they were read are written as they were, to the
 * character; the rest as Keras writes it, in the dialect that is being written. For the values of the keys of `later` null
 * may stand, since others write them: twice at each level would be a thousand times at the tenth.
 */
export function writeFields(object: object, cls: ConfigurableClass, later: object = {}): JsonObject {
  return inDialect(dialectOf(object), (dialect) => {
    const origin = originOf(object);
    const own = object as Properties;
    const config =
      origin?.dialect === dialect
        ? writtenBack(own, cls, origin, later)
        : newConfig(own, cls, dialect, origin, later);
    noteWritten(config, dialect, readNamesOf(object));
    return config;
  });
}

/** The config that an object came from, with the values it has now. */
function writtenBack(own: Properties, cls: ConfigurableClass, origin: Origin, later: object): JsonObject {
  const { config: before, dialect, newest } = origin;
  const list = entriesOf(cls.fields);
  const isAsRead = asRead(own, origin);
  if (list.every(isAsRead)) return copyJson(before, keyLeftOut());
  const kept = new Set(list.filter(isAsRead).map(({ key }) => key));
  if (newest) return turnedBack(own, cls, origin, { before: newest, kept }, later);
  const written = configOf(own, cls, dialect, { before, kept }, later);
  const now = configs.down(written, cls, dialect, currentLacks());
  const config: JsonObject = {};
  const keys = keysOf(before);
  for (const key of keys) {
    const isKept = kept.has(key) || !Object.hasOwn(cls.fields, key);
    if (isKept && before[key] !== undefined) copyEntry(before, config, key, keyLeftOut());
    else if (Object.hasOwn(now, key)) copyEntry(now, config, key);
  }
  for (const key of keysOf(now))
    if (!Object.hasOwn(config, key) && !kept.has(key)) copyEntry(now, config, key);
  if (Object.keys(before).some((key, i) => key !== keys[i])) setKeyOrder(config, keys);
  return config;
}

/** The same where its dialect has other keys: what that makes of the values that changed, and all else as it stood. */
function turnedBack(
  own: Properties,
  cls: ConfigurableClass,
  { config: before, dialect, newest }: Origin,
  kept: Kept,
  later: object,
): JsonObject {
  const now = configs.down(configOf(own, cls, dialect, kept, later), cls, dialect, currentLacks());
  const then = configs.down(copyJson(newest!), cls, dialect, new Lacks());
  const textOf = (json = null as JsonValue) => comparable(copyJson(json, SHARED_ID));
  const same = (key: string) => textOf(now[key]) === textOf(then[key]);
  const config: JsonObject = {};
  for (const key of keysOf(before)) {
    if (same(key)) copyEntry(before, config, key, keyLeftOut());
    else if (Object.hasOwn(now, key)) copyEntry(now, config, key);
  }
  for (const key of keysOf(now)) if (!Object.hasOwn(before, key) && !same(key)) copyEntry(now, config, key);
  return config;
}

/** Whether an object has what its config gave a field; a key that was left out stands for what it was set to. */
function asRead(own: Properties, { config: original, newest, values }: Origin) {
  const config = newest ?? original;
  return ({ key, property, field }: Entry, i: number): boolean => {
    const isSame = own[property] === values[i];
    if (config[key] !== undefined) return isSame;
    return !Object.hasOwn(config, key) && (isSame || isDefault(field, own[property]));
  };
}

/** The config in another dialect than it came from, if it came from any. */
function newConfig(
  own: Properties,
  cls: ConfigurableClass,
  dialect: Dialect,
  origin: Origin | undefined,
  later: object,
): JsonObject {
  const kept = origin ? leftOut(own, cls, origin) : null;
  const config = configOf(own, cls, dialect, kept, later);
  const before = origin && (origin.newest ?? origin.config);
  // Keras keeps numbers as they were given: an integer stays one.
  for (const key in before)
    if (config[key] === before[key] && !isFloat(before, key)) unmarkFloat(config, key);
  return configs.down(config, cls, dialect, currentLacks());
}

/** What the config of somebody's own class did not say: a constructor in Python may not take it. */
function leftOut(own: Properties, cls: ConfigurableClass, origin: Origin): Kept | null {
  if (cls.module !== null) return null;
  const isAsRead = asRead(own, origin);
  const unsaid = entriesOf(cls.fields).filter(
    (entry, i) => !Object.hasOwn(origin.config, entry.key) && isAsRead(entry, i),
  );
  return { before: {}, kept: new Set(unsaid.map(({ key }) => key)) };
}

interface Kept {
  readonly before: JsonObject;
  readonly kept: ReadonlySet<string>;
}

/** The config as Keras writes it; what is kept of an older one stands as it stood there, or not at all. */
function configOf(
  own: Properties,
  cls: ConfigurableClass,
  dialect: Dialect,
  origin: Kept | null,
  later: object,
): JsonObject {
  const config: JsonObject = {};
  const lacks = currentLacks();
  const before = lacks.said;
  for (const entry of entriesOf(cls.fields)) {
    const { key, property, field } = entry;
    if (origin?.kept.has(key)) {
      if (Object.hasOwn(origin.before, key)) copyEntry(origin.before, config, key);
    } else if (isWritten(entry, own, dialect, cls, origin?.before)) {
      const place = () => joinPath(placeIn(own, cls), key);
      if (Object.hasOwn(later, key)) config[key] = null;
      else if (!field.droppable) writeValue(config, key, field, own[property]);
      else if (!lacks.whole(place, () => writeValue(config, key, field, own[property])))
        writeValue(config, key, field, defaultOf(field));
    }
  }
  lacks.claim(before, () => placeIn(own, cls));
  return config;
}

function writeValue(config: JsonObject, key: string, field: AnyField, value: unknown): true {
  const json: JsonValue = field.toJson(value as never);
  config[key] = json;
  if (!field.float) return true;
  if (typeof json === "number") markFloat(config, key);
  else if (Array.isArray(json))
    for (const i of json.keys()) if (typeof json[i] === "number") markFloat(json, i);
  return true;
}

/** Whether a dialect has the key. Where it lacks a key that is needed, a newer one is asked for. */
function isWritten(
  entry: Entry,
  own: Properties,
  dialect: Dialect,
  cls: ConfigurableClass,
  before: JsonObject = {},
): boolean {
  const { key, field, since, until } = entry;
  const value = own[entry.property];
  if (field.omitIfDefault && !Object.hasOwn(before, key) && isDefault(field, value)) return false;
  const isKnown = dialect >= since && dialect < until;
  // Keras 2 has keys that Keras 3 got later, and others never: what it lacks its own rules say.
  if (isKnown || isDefault(field, value)) return isKnown;
  if (isOlder(dialect)) return true;
  const { needs } = currentWriting();
  if (needs && dialect < since) {
    needs.dialect = Math.max(needs.dialect, since);
    return true;
  }
  const when = dialect < since ? `came with Keras ${field.since}` : `went with Keras ${field.until}`;
  currentLacks().say(
    joinPath(placeIn(own, cls), key),
    `expected its default, because Keras ${formatDialect(dialect)} does not know this key (it ${when}), ` +
      `received ${inspect(field.toJson(value as never))}.`,
    field.droppable,
  );
  return false;
}

/** Whether a field holds what it holds where nothing is said. */
export function isDefault(field: AnyField, value: unknown): boolean {
  if (field.required) return false;
  if (value === field.default) return true;
  return comparable(field.toJson(defaultOf(field))) === comparable(field.toJson(value as never));
}

function defaultOf(field: AnyField): unknown {
  return field.parse(field.default, new Problems(""));
}
