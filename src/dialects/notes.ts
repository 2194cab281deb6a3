import type { JsonObject, JsonValue } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import type { Dialect } from "./version.ts";

/** What an envelope calls a class of somebody's own. */
export interface ReadNames {
  readonly module: JsonValue;
  readonly class_name: string;
  readonly registered_name: string;
}

/** What is remembered beside a config, where nobody sees it; copies keep it, a spread loses it. */
interface Notes {
  /** The Keras version it was written for. */
  readonly dialect?: Dialect;
  /** What the class of its object is called in the file it came from, where the class itself says otherwise. */
  readonly names?: ReadNames;
  /** How an older version had written it. */
  readonly original?: JsonObject;
  /** Whether the original says all that this says, if under other keys. */
  readonly isWhole?: boolean;
  /** What is expected of keys of older versions whose values have no meaning today. */
  readonly refused?: ReadonlyMap<string, string> | undefined;
}

const none: Notes = {};

function notesOf(config: object): Notes {
  const about = aboutOf(config);
  return typeof about === "object" ? about : none;
}

/** The Keras version a config was written for; undefined where it does not say. */
export function dialectIn(config: object): Dialect | undefined {
  return notesOf(config).dialect;
}

/** Says which Keras version a new config was written for, and what its class is called where it came from. */
export function noteWritten(config: object, dialect: Dialect, names?: ReadNames): void {
  setAbout(config, (names ? { dialect, names } : { dialect }) satisfies Notes);
}

/** What the class of a config is called in the file that it came from; undefined where the class itself says it. */
export function namesIn(config: object): ReadNames | undefined {
  return notesOf(config).names;
}

/** How a config was written before it was read as one of the newest version. */
export function originalOf(config: JsonObject): JsonObject {
  return notesOf(config).original ?? config;
}

/** Whether what a config was written as says all that it says. */
export function isWholeIn(config: JsonObject): boolean {
  return notesOf(config).isWhole ?? false;
}

/** Says how a config was written; `isWhole` where that says all that it says, if under other keys. */
export function noteOriginal(config: JsonObject, original: JsonObject, isWhole = false): void {
  const before = notesOf(original);
  const says = isWhole && (before.original === undefined || before.isWhole === true);
  const { refused } = notesOf(config);
  setAbout(config, { ...before, refused, original: originalOf(original), isWhole: says } satisfies Notes);
}

/** The same config, which says what is expected of keys with values that have no meaning today. */
export function refusing(config: JsonObject, expected: ReadonlyMap<string, string>): JsonObject {
  const { refused = [] } = notesOf(config);
  if (expected.size > 0)
    setAbout(config, { ...notesOf(config), refused: new Map([...refused, ...expected]) } satisfies Notes);
  return config;
}

/** What is expected of a key of an older version; undefined of any other. */
export function expectedIn(config: object, key: string): string | undefined {
  return notesOf(config).refused?.get(key);
}
