import { ConfigError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";

/** A version of Keras as a number that compares: `3.6` is 306, `3.16` is 316, `2.9` is 209. */
export type Dialect = number;

/** What `getConfig()` of a new object and a new model's file speak: every later Keras reads it. */
export const DEFAULT_DIALECT: Dialect = 306;

/** The oldest version that configs are written for. */
export const OLDEST_DIALECT: Dialect = 300;

/** Whether a version is older than all those of Keras 3, whose changes every program has. */
export function isOlder(dialect: Dialect | null | undefined): boolean {
  return dialect != null && dialect < OLDEST_DIALECT;
}

/** Whether not only files of a version, but all its texts have ids of shared objects. */
export function hasIdsInTexts(dialect: Dialect | null): boolean {
  return dialect !== null && dialect < 212;
}

/** The newest version whose files are known. */
export const NEWEST_DIALECT: Dialect = 316;

/** Reads a version such as `3.6`, `3.6.0` or `3.16.0.dev`; null if it is none. */
export function parseDialect(version: string): Dialect | null {
  const match = /^(\d{1,2})\.(\d{1,2})(?:\.|$)/.exec(version);
  return match ? Number(match[1]) * 100 + Number(match[2]) : null;
}

/** `306` → `3.6`. */
export function formatDialect(dialect: Dialect): string {
  return `${Math.floor(dialect / 100)}.${dialect % 100}`;
}

/** Versions of Keras, the first and the last of them. */
export type Range = readonly [first: Dialect, last: Dialect];

/**
 * The dialect that is asked for by a version such as `"3.15"`, or by its number. `where` is what errors begin with;
 * `older` are versions before Keras 3 that can be had, too; `help` is a sentence on what else there is.
 */
export function askedDialect(
  where: string,
  version: unknown,
  older: readonly Range[] = [],
  help = "",
): Dialect {
  const dialect = typeof version === "string" ? parseDialect(version) : version;
  const ranges: readonly Range[] = [...older, [OLDEST_DIALECT, NEWEST_DIALECT]];
  const isKnown = typeof dialect === "number" && Number.isInteger(dialect);
  if (isKnown && ranges.some(([first, last]) => dialect >= first && dialect <= last)) return dialect;
  const known = ranges.map((range) => range.map(formatDialect).join(" to ")).join(" or ");
  const message = `expected a version of Keras from ${known}, received ${inspect(version)}.`;
  throw new ConfigError(where, help === "" ? message : `${message} ${help}`);
}
