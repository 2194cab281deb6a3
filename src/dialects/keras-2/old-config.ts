import type { JsonObject, JsonValue } from "../../json/json.ts";
import type { Named } from "../change.ts";

/** How Keras 2 wrote the configs of a class, where Keras 3 writes them otherwise. */
export interface OldConfig {
  /** Keys that are called otherwise, by what they were called. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Keys that are gone, and with which values they changed nothing; one with another value is an unknown key. */
  readonly gone?: Readonly<Record<string, (value: JsonValue) => boolean>>;
  /** Values that are written otherwise. */
  readonly values?: Readonly<Record<string, (value: JsonValue) => JsonValue>>;
  /** What stands for keys that were not there yet. */
  readonly unsaid?: JsonObject;
  /** What cannot be said key by key. */
  readonly whole?: (config: JsonObject, about: Named) => JsonObject;
}
