import { builtins } from "../../builtins.ts";
import { type Dialect, parseDialect } from "../../fields/dialect.ts";
import type { Fields } from "../../fields/field.ts";
import type { JsonObject, JsonValue } from "../../json/json.ts";

/** The oldest Keras whose configs are known from the inside, and that a file without newer keys is taken to fit. */
const oldest = "3.6";

/** Which Keras a config needs, and by which of its keys. */
export interface NeededVersion {
  readonly version: string;
  /** Keys that older versions refuse, as `Dense.quantization_config`. */
  readonly keys: readonly string[];
}

/**
 * The oldest Keras that knows all keys of a config: older ones refuse a key they do not know, even where it holds its
 * default.
 */
export function neededVersion(config: JsonValue, writtenBy: Dialect | null): NeededVersion {
  const keys = new Map<string, string>();
  const pending: JsonValue[] = [config];
  while (pending.length > 0) {
    const value = pending.pop()!;
    if (typeof value !== "object" || value === null) continue;
    pending.push(...(Object.values(value) as JsonValue[]));
    if (!Array.isArray(value)) for (const [key, since] of newKeys(value as JsonObject)) keys.set(key, since);
  }
  const versions = [...keys.values()].sort((a, b) => parseDialect(b)! - parseDialect(a)!);
  const [newest] = versions;
  if (newest !== undefined && parseDialect(newest)! > parseDialect(oldest)!) {
    return {
      version: newest,
      keys: [...keys]
        .filter(([, since]) => since === newest)
        .map(([key]) => key)
        .sort(),
    };
  }
  const isOlder = writtenBy !== null && writtenBy < parseDialect(oldest)!;
  return { version: isOlder ? `3.${writtenBy % 100}` : oldest, keys: [] };
}

/** The keys of one object that came later than the first Keras 3, and when. */
function* newKeys({ module, class_name: name, config }: JsonObject): Generator<[key: string, since: string]> {
  if (typeof name !== "string" || typeof config !== "object" || config === null || Array.isArray(config))
    return;
  const cls = builtins.builtin(module as string | null | undefined, name) as { fields?: Fields } | undefined;
  for (const [key, { since }] of Object.entries(cls?.fields ?? {})) {
    if (since !== undefined && Object.hasOwn(config, key)) yield [`${name}.${key}`, since];
  }
}
