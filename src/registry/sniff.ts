import { signOf } from "../dialects/changes.ts";
import { DEFAULT_DIALECT, type Dialect } from "../dialects/version.ts";
import { type Entry, entriesOf } from "../fields/entries.ts";
import type { Fields } from "../fields/field.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";

/** A class as far as it says which keys of its config are read. */
interface KnownClass {
  readonly fields: Fields;
  readonly module?: string | null;
  readonly holdsGraph?: boolean;
}

/** Which class an envelope names, as far as it is known. */
export type ClassFinder = (envelope: JsonObject) => KnownClass | undefined;

/** What an envelope says of its class, and the fields that not every version has of it. */
interface Known {
  readonly module: JsonValue | undefined;
  readonly registered: JsonValue | undefined;
  readonly newer: readonly Entry[];
  /** The keys of its config that are read; null where that may be any. */
  readonly read: Fields | null;
}

/**
 * Goes through all envelopes of a config, with the fields in each that not every version has. What stands under a key
 * that nobody reads says nothing.
 */
export function eachNewer(
  config: JsonValue,
  find: ClassFinder,
  visit: (newer: readonly Entry[], dict: JsonObject) => void,
): void {
  const known = new Map<string, Known>();
  const knownOf = (envelope: JsonObject): Known | null => {
    const { class_name: name, module, registered_name: registered, config: own } = envelope;
    if (typeof name !== "string" || typeof own !== "object" || own === null) return null;
    const like = known.get(name);
    if (like && like.module === module && like.registered === registered) return like;
    const cls = find(envelope);
    const newer = entriesOf(cls?.fields ?? {}).filter(({ since }) => since > 0);
    const read = cls?.module != null && !cls.holdsGraph ? cls.fields : null;
    const found = { module, registered, newer, read };
    known.set(name, found);
    return found;
  };
  const pending = typeof config === "object" && config !== null ? [config] : [];
  const wait = (item: JsonValue | undefined) => {
    if (typeof item === "object" && item !== null) pending.push(item);
  };
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) wait(item);
      continue;
    }
    const cls = knownOf(value);
    const own = value.config as JsonObject;
    visit(cls?.newer.filter(({ key }) => Object.hasOwn(own, key)) ?? none, value);
    for (const key in value) {
      if (key === "inbound_nodes" || (cls?.read && !envelopeKeys.has(key))) continue;
      if (key !== "config" || !cls?.read || Array.isArray(own)) wait(value[key]);
      else for (const inner in own) if (Object.hasOwn(cls.read, inner)) wait(own[inner]);
    }
  }
}

/** The keys of an envelope that are read. */
const envelopeKeys: ReadonlySet<string> = new Set(["config", "build_config", "compile_config"]);

const none: readonly Entry[] = [];

/**
 * The Keras version that wrote a config which does not say: the newest whose keys and other signs are in it; 3.6 where
 * there are none. A text of `to_json()` has no version.
 */
export function sniffDialect(config: JsonValue, find: ClassFinder): Dialect {
  let found: Dialect = DEFAULT_DIALECT;
  eachNewer(config, find, (newer, dict) => {
    found = Math.max(found, signOf(dict) ?? 0);
    for (const { since } of newer) found = Math.max(found, since);
  });
  return found;
}
