import { type Dialect, formatDialect, NEWEST_DIALECT, parseDialect } from "../dialects/version.ts";
import { FileError } from "../errors.ts";
import { copyJson } from "../json/copy.ts";
import { inspect } from "../json/inspect.ts";
import type { JsonObject } from "../json/json.ts";
import type { Archive } from "./archive.ts";
import { readJson } from "./json-member.ts";

export const metadataName = "metadata.json";

/** The date in the file of a new model unless one is given: the earliest that a zip archive can say. */
const noDate = "1980-01-01@00:00:00";
const mostBytes = 2 ** 20;

/** What a file says of itself: `keras_version`, `date_saved`, and whatever else there is. Null where it says nothing. */
export async function readMetadataOf(archive: Archive): Promise<JsonObject | null> {
  const member = archive.members.get(metadataName);
  if (!member) return null;
  const metadata = await readJson(member, metadataName, archive.budget, mostBytes);
  if (typeof metadata === "object" && metadata !== null && !Array.isArray(metadata)) return metadata;
  throw new FileError(metadataName, `expected an object, received ${inspect(metadata)}.`);
}

/** The dialect that a file says it has; a version to come is read as the newest known. Null where it says none. */
export function dialectIn(metadata: JsonObject | null): Dialect | null {
  const version = metadata?.keras_version;
  const dialect = typeof version === "string" ? parseDialect(version) : null;
  return dialect === null ? null : Math.min(dialect, NEWEST_DIALECT);
}

export interface MetadataOptions {
  readonly dialect: Dialect;
  readonly date: Date | undefined;
  /** What the model's file said. */
  readonly origin: { readonly metadata: JsonObject; readonly dialect: Dialect | null } | undefined;
}

/** The metadata to write: that of the model's file where the dialect is the same. */
export function newMetadata({ dialect, date, origin }: MetadataOptions): JsonObject {
  const metadata: JsonObject = origin ? copyJson(origin.metadata) : {};
  if (origin?.dialect !== dialect || typeof metadata.keras_version !== "string") {
    metadata.keras_version = `${formatDialect(dialect)}.0`;
  }
  if (date) metadata.date_saved = formatDate(date);
  else metadata.date_saved ??= noDate;
  return metadata;
}

/** Local time, as Keras writes it: `2026-11-22@15:56:41`. */
function formatDate(date: Date): string {
  const two = (number: number) => String(number).padStart(2, "0");
  const day = [String(date.getFullYear()).padStart(4, "0"), two(date.getMonth() + 1), two(date.getDate())];
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two);
  return `${day.join("-")}@${time.join(":")}`;
}
