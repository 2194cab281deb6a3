import { FileError } from "../errors.ts";
import { type Member, openMember } from "./archive-member.ts";
import { Budget } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { kindOf, zip } from "./file-kind.ts";
import { quoteName } from "./member-name.ts";
import { readDirectory, type ZipEntry } from "./zip-directory.ts";
import { type DirectoryPlace, findDirectory, readNear, readTail } from "./zip-end.ts";
import { localHeaderSize } from "./zip-local.ts";

export type { Member } from "./archive-member.ts";

/** An open zip archive: its files by name, in the order of its directory. */
export interface Archive {
  readonly members: ReadonlyMap<string, Member>;
  /** What it may ask for in all; those that read what is in it take from the same. */
  readonly budget: Budget;
}

/** How long the directory may be for each member that there may be. */
const bytesPerMember = 1024;

/**
 * Opens a zip archive, reading no more than its directory.
 *
 * Bytes before and behind the archive are ignored, as Python's zipfile ignores them. Refused are archives that could be
 * understood in two ways: encrypted, split, with names that are absolute, leave the archive or occur twice, with members
 * that overlap, or whose headers disagree. `name` is what errors begin with. An archive in another file takes from the
 * budget of that.
 */
export async function openArchive(
  source: ByteSource,
  name = "archive",
  budget: Budget = new Budget(source.size),
): Promise<Archive> {
  const tail = await readTail(source);
  const place = await findDirectory(tail, name);
  if (!place) throw await notAnArchive(source, name);
  checkLimits(place, name, budget);
  const entries = readDirectory(await readNear(tail, place.offset, place.size), place, name);
  const ends = checkLayout(name, entries, place.offset);
  const members = new Map<string, Member>();
  for (const entry of entries) {
    if (entry.name.endsWith("/")) continue;
    members.set(entry.name, openMember(source, name, entry, ends.get(entry)!, budget));
  }
  return { members, budget };
}

function checkLimits({ count, size }: DirectoryPlace, name: string, { members }: Budget): void {
  members.take(count, name);
  const most = members.most * bytesPerMember;
  if (size > most)
    throw new FileError(name, `expected a directory of at most ${most} bytes, received ${size} bytes.`);
}

/** Refuses members that share bytes; gives where each may reach to. */
function checkLayout(
  archive: string,
  entries: readonly ZipEntry[],
  directory: number,
): ReadonlyMap<ZipEntry, number> {
  const ends = new Map<ZipEntry, number>();
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [i, entry] of ordered.entries()) {
    const next = ordered[i + 1];
    const limit = next?.offset ?? directory;
    if (entry.offset + localHeaderSize + entry.rawName.length + entry.compressedSize > limit) {
      throw new FileError(
        `${archive}: member ${quoteName(entry.name)}`,
        "expected bytes of its own, received bytes that overlap " +
          `${next ? `member ${quoteName(next.name)}` : "the directory"}.`,
      );
    }
    ends.set(entry, limit);
  }
  return ends;
}

/** Says of a file without an archive's end what it is, where it can be told from its first bytes. */
async function notAnArchive(source: ByteSource, name: string): Promise<FileError> {
  const kind = await kindOf(source);
  if (kind === zip) {
    return new FileError(
      name,
      "expected a whole zip archive, received one without its end. The file may be cut, or not downloaded whole.",
    );
  }
  const received = source.size === 0 ? "an empty file" : (kind?.name ?? "a file of another kind");
  return new FileError(name, `expected a zip archive, received ${received}.`);
}
