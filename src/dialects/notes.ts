import type { JsonObject } from "../json/json.ts";
import { aboutOf, setAbout } from "../json/marks.ts";
import type { Dialect } from "./version.ts";

/** What is remembered beside a config, where nobody sees it; copies keep it, a spread loses it. */
interface Notes {
  /** The Keras version it was written for. */
  readonly dialect?: Dialect;
  /** How an older version had written it. */
  readonly original?: JsonObject;
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

/** Says which Keras version a new config was written for. */
export function noteDialect(config: object, dialect: Dialect): void {
  setAbout(config, { dialect } satisfies Notes);
}

/** How a config was written before it was read as one of the newest version. */
export function originalOf(config: JsonObject): JsonObject {
  return notesOf(config).original ?? config;
}

/** Says how a config was written. */
export function noteOriginal(config: JsonObject, original: JsonObject): void {
  setAbout(config, { ...notesOf(original), original: originalOf(original) } satisfies Notes);
}
