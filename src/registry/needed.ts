import { DEFAULT_DIALECT, formatDialect } from "../dialects/version.ts";
import { type Entry, entriesOf } from "../fields/entries.ts";
import type { Fields } from "../fields/field.ts";
import { dialectOf } from "../fields/origin.ts";
import { isDefault } from "../fields/write-fields.ts";

/**
 * The Keras that a new object needs for what its fields, and the objects in them, hold: `3.13`. Null where every one
 * will do, and for an object that was read, which is written as it was.
 */
export function neededKeras(object: object, parts: readonly object[] = []): string | null {
  if (dialectOf(object) !== null) return null;
  let newest = DEFAULT_DIALECT;
  const pending: unknown[] = [object, ...parts];
  const seen = new Set<unknown>();
  while (pending.length > 0) {
    const value = pending.pop();
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (Array.isArray(value)) for (const item of value) pending.push(item);
    for (const { property, field, since } of entriesIn(value)) {
      const held = (value as Readonly<Record<string, unknown>>)[property];
      if (since > newest && !isDefault(field, held)) newest = since;
      pending.push(held);
    }
  }
  return newest > DEFAULT_DIALECT ? formatDialect(newest) : null;
}

function entriesIn(value: object): readonly Entry[] {
  const { constructor: cls } = value;
  return typeof cls === "function" && "fields" in cls ? entriesOf(cls.fields as Fields) : [];
}
