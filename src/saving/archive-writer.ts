import { FileError } from "../errors.ts";
import { crc32, formatCrc } from "./crc32.ts";
import { nameProblem, quoteName } from "./member-name.ts";
import { allocate } from "./range.ts";
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
  /**
   * The bytes, the same at each call: called twice by `writeArchive` where `crc` is not given, else once. Where there is
   * room for all of them, what is given may be parts of the room that are in their place.
   */
  chunks(room?: Uint8Array): Chunks;
}

export interface WriteArchiveOptions {
  /** The date of the members, in local time; 1980-01-01 unless given. */
  readonly date?: Date;
}

/** Bytes that take the place of those that were written at `at`, in a file. */
export interface Patch {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/**
 * The same archive for a file, in which one can go back: all members are gone through once, and the header of one
 * without `crc` is written again behind its bytes.
 */
export async function* writeArchiveFile(
  members: Iterable<NewMember>,
  options: WriteArchiveOptions = {},
): AsyncGenerator<Uint8Array | Patch, void, undefined> {
  const entries: StoredEntry[] = [];
  const names = new Set<string>();
  let offset = 0;
  for (const member of members) {
    checkMember(member, names);
    const entry = entryOf(member, options, offset, member.crc ?? 0);
    const header = localHeader(entry);
    yield header;
    const crc = yield* summedChunks(member);
    if (member.crc !== undefined) checkCrc(member, member.crc, crc);
    const summed = { ...entry, crc };
    if (crc !== entry.crc) yield { at: offset, bytes: localHeader(summed) };
    entries.push(summed);
    offset += header.length + entry.size;
  }
  yield* directoryOf(entries, offset);
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
    const entry = entryOf(member, options, offset, member.crc ?? (await checksum(member)));
    entries.push(entry);
    const header = localHeader(entry);
    yield header;
    yield* checkedChunks(member, entry.crc);
    offset += header.length + entry.size;
  }
  yield* directoryOf(entries, offset);
}

/** The same archive in one piece, all of whose members are gone through once: a CRC is set behind its bytes. */
export async function archiveBytes(
  members: Iterable<NewMember>,
  options: WriteArchiveOptions = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const names = new Set<string>();
  const planned: { readonly member: NewMember; readonly entry: StoredEntry; readonly start: number }[] = [];
  let end = 0;
  for (const member of members) {
    checkMember(member, names);
    const entry = entryOf(member, options, end, 0);
    const start = end + localHeader(entry).length;
    planned.push({ member, entry, start });
    end = start + entry.size;
  }
  const unsummed = planned.map(({ entry }) => entry);
  const directoryBytes = [...directoryOf(unsummed, end)].reduce((sum, { length }) => sum + length, 0);
  const bytes = allocate("archive", end + directoryBytes);
  const entries: StoredEntry[] = [];
  for (const { member, entry, start } of planned) {
    const room = bytes.subarray(start, start + member.size);
    await fill(room, member);
    const summed = { ...entry, crc: crc32(room) };
    if (member.crc !== undefined) checkCrc(member, member.crc, summed.crc);
    bytes.set(localHeader(summed), entry.offset);
    entries.push(summed);
  }
  for (const record of directoryOf(entries, end)) {
    bytes.set(record, end);
    end += record.length;
  }
  return bytes;
}

/** All bytes of a member. */
export async function memberBytes(member: NewMember): Promise<Uint8Array> {
  const bytes = allocate(`member ${quoteName(member.name)}`, member.size);
  await fill(bytes, member);
  return bytes;
}

async function fill(room: Uint8Array, member: NewMember): Promise<void> {
  let size = 0;
  for await (const chunk of iterable(member.chunks(room))) {
    if (size + chunk.length > room.length) throw wrongSize(member, "more");
    const isThere = chunk.buffer === room.buffer && chunk.byteOffset === room.byteOffset + size;
    if (!isThere) room.set(chunk, size);
    size += chunk.length;
  }
  if (size < room.length) throw wrongSize(member, `${size}`);
}

function entryOf(member: NewMember, options: WriteArchiveOptions, offset: number, crc: number): StoredEntry {
  const name = new TextEncoder().encode(member.name);
  return {
    name,
    ascii: name.every((byte) => byte < 0x80),
    size: member.size,
    crc,
    date: checkedDate(member.name, member.date ?? options.date),
    offset,
  };
}

/** The central directory, which begins at an offset, and what closes the archive. */
function* directoryOf(
  entries: readonly StoredEntry[],
  start: number,
): Generator<Uint8Array, void, undefined> {
  let end = start;
  for (const entry of entries) {
    const header = directoryHeader(entry);
    yield header;
    end += header.length;
  }
  yield endRecords(entries.length, end - start, start);
}

function checkMember(member: NewMember, names: Set<string>): void {
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
  names.add(member.name);
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
  checkCrc(member, expected, yield* summedChunks(member));
}

/** The bytes of a member, held against its size; gives their CRC. */
async function* summedChunks(member: NewMember): AsyncGenerator<Uint8Array, number, undefined> {
  let crc = 0;
  let size = 0;
  for await (const chunk of iterable(member.chunks())) {
    size += chunk.length;
    if (size > member.size) break;
    crc = crc32(chunk, crc);
    yield chunk;
  }
  if (size !== member.size) throw wrongSize(member, size > member.size ? "more" : `${size}`);
  return crc;
}

function wrongSize(member: NewMember, received: string): FileError {
  return new FileError(
    `member ${quoteName(member.name)}`,
    `expected ${member.size} bytes, received ${received}.`,
  );
}

function checkCrc(member: NewMember, expected: number, received: number): void {
  if (received === expected) return;
  throw new FileError(
    `member ${quoteName(member.name)}`,
    `expected bytes of CRC ${formatCrc(expected)}, received bytes of CRC ${formatCrc(received)}.`,
  );
}

function iterable(chunks: Chunks): Iterable<Uint8Array> | AsyncIterable<Uint8Array> {
  return chunks instanceof Uint8Array ? [chunks] : chunks;
}
