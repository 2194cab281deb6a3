import { signOf } from "../dialects/changes.ts";
import { DEFAULT_DIALECT, type Dialect } from "../dialects/version.ts";
import { type Entry, entriesOf } from "../fields/entries.ts";
import type { Fields } from "../fields/field.ts";
import type { JsonObject, JsonValue } from "../json/json.ts";

/** Which class an envelope names, as far as it is known. */
export type ClassFinder = (envelope: JsonObject) => { readonly fields: Fields } | undefined;

/** What an envelope says of its class, and the fields that not every version has of it. */
interface Known {
  readonly module: JsonValue | undefined;
  readonly registered: JsonValue | undefined;
  readonly newer: readonly Entry[];
}

/** Goes through all envelopes of a config, with the fields in each that not every version has. */
export function eachNewer(
  config: JsonValue,
  find: ClassFinder,
  visit: (newer: readonly Entry[], dict: JsonObject) => void,
): void {
  const known = new Map<string, Known>();
  const newerIn = (envelope: JsonObject): readonly Entry[] => {
    const { class_name: name, module, registered_name: registered, config: own } = envelope;
    if (typeof name !== "string" || typeof own !== "object" || own === null) return none;
    const like = known.get(name);
    let newer = like?.newer;
    if (!newer || like?.module !== module || like?.registered !== registered) {
      newer = entriesOf(find(envelope)?.fields ?? {}).filter(({ since }) => since > 0);
      known.set(name, { module, registered, newer });
    }
    return newer.length === 0 ? none : newer.filter(({ key }) => Object.hasOwn(own, key));
  };
  const pending = typeof config === "object" && config !== null ? [config] : [];
  for (let value = pending.pop(); value; value = pending.pop()) {
    if (Array.isArray(value)) {
      for (const item of value) if (typeof item === "object" && item !== null) pending.push(item);
      continue;
    }
    visit(newerIn(value), value);
    for (const key in value) {
      const item = value[key];
      if (typeof item === "object" && item !== null && key !== "inbound_nodes") pending.push(item);
    }
  }
}

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
