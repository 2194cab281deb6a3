import { type FileEntry, ZipReader } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { FileError } from "../errors.ts";
import { type Member, openMember, stored } from "./archive-member.ts";
import type { ByteSource } from "./byte-source.ts";
import { kindOf, zip } from "./file-kind.ts";
import { nameProblem, quoteName } from "./member-name.ts";
import { guarded, zipInput } from "./zip-input.ts";

export type { Member } from "./archive-member.ts";

/** An open zip archive: its files by name, in the order of its directory. */
export interface Archive {
  readonly members: ReadonlyMap<string, Member>;
}

const localHeaderSize = 30;
/** Many times what the largest model needs. */
const memberLimit = 20_000;
/**
 * Opens a zip archive, reading no more than its directory.
 *
 * Refused are archives that could be understood in two ways: encrypted, split, with names that are absolute,
 * leave the archive or occur twice, with members that overlap, or whose headers disagree. `name` is what
 * errors begin with.
 */
export async function openArchive(source: ByteSource, name = "archive"): Promise<Archive> {
  await checkKind(source, name);
  const reader = new ZipReader(zipInput(source, name), {
    useWebWorkers: false,
    strictness: "strict",
    filenameValidation: "tolerant", // names are judged here, to say which and why
    checkSignature: true,
  });
  const entries: FileEntry[] = [];
  const taken = new Set<string>();
  const all: { offset: number; end: number; name: string }[] = [];
  await guarded(name, async () => {
    for await (const entry of reader.getEntriesGenerator()) {
      const at = `${name}: member ${quoteName(entry.filename)}`;
      const problem = taken.has(entry.filename) ? "a name used before" : nameProblem(entry.filename);
      if (problem)
        throw new FileError(at, `expected a name of its own inside the archive, received ${problem}.`);
      taken.add(entry.filename);
      if (taken.size > memberLimit) {
        throw new FileError(name, `expected at most ${memberLimit} members, received more.`);
      }
      if (entry.encrypted) throw new FileError(at, "expected a readable member, received an encrypted one.");
      if (entry.compressionMethod === stored && entry.compressedSize !== entry.uncompressedSize) {
        throw new FileError(
          at,
          `expected ${entry.uncompressedSize} bytes stored as they are, received ${entry.compressedSize}.`,
        );
      }
      const size = localHeaderSize + entry.rawFilename.length + entry.compressedSize;
      all.push({ offset: entry.offset, end: entry.offset + size, name: entry.filename });
      if (!entry.directory) entries.push(entry as FileEntry);
    }
  });

  const ends = checkLayout(name, all, reader.directoryOffset ?? source.size);
  const members = new Map<string, Member>();
  for (const entry of entries) {
    members.set(entry.filename, openMember(source, name, entry, ends.get(entry.offset)!));
  }
  return { members };
}

/** Refuses members that share bytes; gives where each may reach to, by the offset of its header. */
function checkLayout(
  archive: string,
  entries: readonly { offset: number; end: number; name: string }[],
  directory: number,
): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  for (const [i, entry] of ordered.entries()) {
    const limit = ordered[i + 1]?.offset ?? directory;
    if (entry.end > limit) {
      const other = ordered[i + 1];
      throw new FileError(
        `${archive}: member ${quoteName(entry.name)}`,
        "expected bytes of its own, received bytes that overlap " +
          `${other ? `member ${quoteName(other.name)}` : "the directory"}.`,
      );
    }
    ends.set(entry.offset, limit);
  }
  return ends;
}

/** Says of a file of another kind which it is, where it can be told from its first bytes. */
async function checkKind(source: ByteSource, name: string): Promise<void> {
  const kind = await kindOf(source);
  if (kind === zip) return;
  const received = source.size === 0 ? "an empty file" : (kind?.name ?? "a file of another kind");
  throw new FileError(name, `expected a zip archive, received ${received}.`);
}
