import { checksConnections } from "../dialects/keras-3.14.ts";
import { DEFAULT_DIALECT, type Dialect, formatDialect } from "../dialects/version.ts";
import type { JsonValue } from "../json/json.ts";
import { crossedModels } from "./crossed-calls.ts";
import { eachNewerKey } from "./newer-keys.ts";

/** Which Keras a config needs, and by what in it. */
export interface NeededVersion {
  readonly version: string;
  /** Keys that older versions refuse, as `Dense.quantization_config`. */
  readonly keys: readonly string[];
  /** The version from which on Keras refuses it; null where none is known that does. */
  readonly before: string | null;
}

/**
 * The oldest Keras that knows all keys of a config, and their values: older ones refuse a key they do not know, even
 * where it holds its default; an InputLayer alone reads over them. What has no newer keys is taken to fit the oldest
 * Keras whose configs are known from the inside.
 */
export function neededVersion(config: JsonValue, writtenBy: Dialect | null): NeededVersion {
  const found = new Map<string, Dialect>();
  eachNewerKey(config, (key, since) => found.set(key, since));
  const before = crossedModels(config).length > 0 ? formatDialect(checksConnections) : null;
  // at most a few hundred: the fields and values of Keras that are new
  const newest = Math.max(...found.values());
  if (newest > DEFAULT_DIALECT) {
    const keys = [...found].filter(([, since]) => since === newest).map(([key]) => key);
    return { version: formatDialect(newest), keys: keys.sort(), before };
  }
  const isOlder = writtenBy !== null && writtenBy < DEFAULT_DIALECT;
  return { version: formatDialect(isOlder ? writtenBy : DEFAULT_DIALECT), keys: [], before };
}
