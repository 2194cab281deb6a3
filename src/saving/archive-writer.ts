import { FileError } from "../errors.ts";
import { crc32 } from "./crc32.ts";
import { nameProblem, quoteName } from "./member-name.ts";
import { directoryHeader, endRecords, localHeader, type StoredEntry } from "./zip-records.ts";

type Chunks = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** A member to write. */
export interface NewMember {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The CRC-32 of the bytes, where it is known. */
  readonly crc?: number;
  /** Instead of the archive's date. */
  readonly date?: Date;
  /** The bytes, the same at each call: called twice where `crc` is not given, else once. */
  chunks(): Chunks;
}

export interface WriteArchiveOptions {
  /** The date of the members, in local time; 1980-01-01 unless given. */
  readonly date?: Date;
}

/**
 * A zip archive of stored members, in the order given, as Python's zipfile writes it into a file: sizes and
 * CRC stand before the bytes, so a member without `crc` is gone through twice. Nothing but a chunk is in memory.
 */
export async function* writeArchive(
  members: Iterable<NewMember>,
  options: WriteArchiveOptions = {},
): AsyncGenerator<Uint8Array, void, undefined> {
  const entries: StoredEntry[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const member of members) {
    checkMember(member, names);
    names.add(member.name);
    const name = new TextEncoder().encode(member.name);
    const entry: StoredEntry = {
      name,
      ascii: name.every((byte) => byte < 0x80),
      size: member.size,
      crc: member.crc ?? (await checksum(member)),
      date: checkedDate(member.name, member.date ?? options.date),
      offset,
    };
    entries.push(entry);
    const header = localHeader(entry);
    yield header;
    yield* checkedChunks(member, entry.crc);
    offset += header.length + entry.size;
  }
  const directory = offset;
  for (const entry of entries) {
    const header = directoryHeader(entry);
    yield header;
    offset += header.length;
  }
  yield endRecords(entries.length, offset - directory, directory);
}

function checkMember(member: NewMember, names: ReadonlySet<string>): void {
  const shown = quoteName(member.name);
  const problem = names.has(member.name) ? "a name used before" : nameProblem(member.name);
  if (problem)
    throw new FileError(
      `member ${shown}`,
      `expected a name of its own inside the archive, received ${problem}.`,
    );
  if (member.name.endsWith("/"))
    throw new FileError(`member ${shown}`, "expected a file, received a directory.");
  if (new TextEncoder().encode(member.name).length > 0xffff) {
    throw new FileError(`member ${shown}`, "expected a name of at most 65535 bytes, received a longer one.");
  }
  if (!Number.isSafeInteger(member.size) || member.size < 0) {
    throw new FileError(`member ${shown}`, `expected a size in bytes, received ${member.size}.`);
  }
}

function checkedDate(name: string, date: Date | undefined): Date | undefined {
  if (!date) return undefined;
  const year = date.getFullYear();
  if (year >= 1980 && year <= 2107) return date;
  throw new FileError(
    `member ${quoteName(name)}`,
    `expected a date from 1980 to 2107, received ${String(date)}.`,
  );
}

async function checksum(member: NewMember): Promise<number> {
  let crc = 0;
  for await (const chunk of iterable(member.chunks())) crc = crc32(chunk, crc);
  return crc;
}

/** The bytes of a member, held against the size and CRC already written: a wrong archive must not pass for a good one. */
async function* checkedChunks(
  member: NewMember,
  expected: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const shown = quoteName(member.name);
  let crc = 0;
  let size = 0;
  for await (const chunk of iterable(member.chunks())) {
    size += chunk.length;
    if (size > member.size) break;
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== member.size) {
    const received = size > member.size ? "more" : `${size}`;
    throw new FileError(`member ${shown}`, `expected ${member.size} bytes, received ${received}.`);
  }
  if (crc !== expected) {
    throw new FileError(
      `member ${shown}`,
      `expected bytes of CRC ${hex(expected)}, received bytes of CRC ${hex(crc)}.`,
    );
  }
}

function iterable(chunks: Chunks): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  return chunks instanceof Uint8Array ? [chunks] : chunks;
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, "0");
}
