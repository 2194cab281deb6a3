import { inspect } from "../../json/inspect.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Named } from "../change.ts";

/**
 * Whether a key that is gone changed nothing with this value; or what is expected in its place. False where the key has a
 * meaning of today with it.
 */
export type Gone = (value: JsonValue) => boolean | string;

/** A key that had no more to say with one value, or with null, and has no successor. */
export function onlyAs(expected: JsonValue): Gone {
  return (value) =>
    value === expected || value === null || `${inspect(expected)}, because Keras 3 has no such option`;
}

/** How Keras 2 wrote the configs of a class, where Keras 3 writes them otherwise. */
export interface OldConfig {
  /** Keys that are called otherwise, by what they were called. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Keys that are gone, and with which values they changed nothing. */
  readonly gone?: Readonly<Record<string, Gone>>;
  /** Values that are written otherwise. */
  readonly values?: Readonly<Record<string, (value: JsonValue) => JsonValue>>;
  /** What stands for keys that were not there yet. */
  readonly unsaid?: JsonObject;
  /** What cannot be said key by key. */
  readonly whole?: (config: JsonObject, about: Named) => JsonObject;
}
