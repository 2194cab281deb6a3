import { type Dialect, parseDialect } from "../dialects/version.ts";
import { attachment } from "../json/attachment.ts";
import type { AnyField, Fields } from "./field.ts";

/** One field of a class, under the names it has in options and on the instance. */
export interface Entry {
  readonly key: string;
  readonly property: string;
  readonly field: AnyField;
  /** The first version that has it, and the first that has it no more. */
  readonly since: Dialect;
  readonly until: Dialect;
  /** The default was read once and stands for itself, so that it need not be read again. */
  isPlain: boolean;
}

const entries = /* @__PURE__ */ attachment<readonly Entry[]>();

/** The fields of a record as a list, made once. */
export function entriesOf(fields: Fields): readonly Entry[] {
  let list = entries.get(fields);
  if (!list) {
    list = Object.keys(fields).map((key): Entry => {
      const field = fields[key]!;
      const [since = 0, until = Number.POSITIVE_INFINITY] = [field.since, field.until].map(
        (version) => (version && parseDialect(version)) || undefined,
      );
      return { key, property: field.property ?? key, field, since, until, isPlain: false };
    });
    entries.set(fields, list);
  }
  return list;
}
