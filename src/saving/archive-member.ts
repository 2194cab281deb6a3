import { FileError } from "../errors.ts";
import type { Budget } from "./budget.ts";
import type { ByteSource } from "./byte-source.ts";
import { type CheckedSource, checkedSource } from "./checked-source.ts";
import { crc32, formatCrc } from "./crc32.ts";
import { inflated } from "./inflate.ts";
import { quoteName } from "./member-name.ts";
import { allocate } from "./range.ts";
import { memorySource, sliceSource } from "./sources.ts";
import { flag, method, type ZipEntry } from "./zip-directory.ts";
import {
  checkDescriptor,
  checkLocalHeader,
  longestDescriptor,
  longestHeader,
  overlapping,
} from "./zip-local.ts";

/** A file in an archive. */
export interface Member {
  readonly name: string;
  /** In bytes, once inflated. */
  readonly size: number;
  /** Whether the bytes are in the archive as they are. */
  readonly isStored: boolean;
  /**
   * All bytes, checked against their CRC; not to be written to, since they may be a view of the archive.
   * A member of more than `limit` bytes is refused unread. `look` gets them piece by piece as they are inflated, and ends that
   * by throwing.
   */
  read(limit?: number, look?: (chunk: Uint8Array) => void): Promise<Uint8Array>;
  /** The bytes piece by piece, so that a large member is never in memory whole; behind the last the CRC is compared. */
  chunks(): AsyncGenerator<Uint8Array, void, undefined>;
  /** Goes through all bytes and compares their CRC, in little memory. */
  check(): Promise<void>;
  /**
   * The bytes by ranges. A stored member is a slice of the archive, read as asked, whose CRC is compared once all of it
   * was read; a compressed one is inflated into memory and checked.
   */
  source(): Promise<CheckedSource>;
}

/** What is read at once of a large member. */
const pieceSize = 2 ** 18;
/** What is read as it is in the archive before it is inflated; more is inflated as it is read. */
const mostPacked = 2 ** 22;
/** A member is read together with its header where there is not much more around it than that. */
const mostAround = 4096;

/** A member of an archive, by its directory entry; its bytes must end at `end`. */
export function openMember(
  source: ByteSource,
  archive: string,
  entry: ZipEntry,
  end: number,
  budget: Budget,
): Member {
  const at = `${archive}: member ${quoteName(entry.name)}`;
  const { name, size, compressedSize } = entry;
  const isStored = entry.method === method.stored;
  let place: Promise<number> | undefined;
  /** While somebody has them they are not inflated again. */
  let inflatedBytes: WeakRef<Uint8Array> | undefined;

  /** What was inflated of it, which counts once. */
  let counted = 0;

  /** The bytes as they come out of the archive, counted. */
  async function* unpacked(packed: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    let done = 0;
    for await (const chunk of inflated(at, packed, size)) {
      done += chunk.length;
      if (done > counted) {
        budget.inflatedBytes.take(done - counted, at);
        counted = done;
      }
      yield chunk;
    }
  }

  /** Refuses what is too much before the first byte is read. */
  function checkSize(): void {
    if (!isStored) budget.inflatedBytes.expect(size - counted, at);
  }

  /** Where the bytes begin. */
  function located(): Promise<number> {
    place ??= locate(source, at, entry, end).catch((error: unknown) => {
      place = undefined; // a source may fail once, such as a server
      throw error;
    });
    return place;
  }

  async function* chunks(): AsyncGenerator<Uint8Array, void, undefined> {
    checkMethod(at, entry);
    const packed = piecesOf(source, await located(), compressedSize);
    let crc = 0;
    for await (const chunk of isStored ? packed : unpacked(packed)) {
      crc = crc32(chunk, crc);
      yield chunk;
    }
    checkSum(at, entry, crc);
  }

  async function check(): Promise<void> {
    checkSize();
    if (!isStored || !source.readInto) {
      for await (const _ of chunks());
      return;
    }
    const start = await located();
    const room = allocate(at, Math.min(size, pieceSize));
    let crc = 0;
    for (let done = 0; done < size; done += pieceSize) {
      const piece = room.subarray(0, Math.min(pieceSize, size - done));
      await source.readInto(start + done, piece);
      crc = crc32(piece, crc);
    }
    checkSum(at, entry, crc);
  }

  /** All bytes as they are in the archive, with as few reads as there can be. */
  async function packedBytes(): Promise<Uint8Array> {
    const whole = end - entry.offset;
    if (place || whole - compressedSize > mostAround) return source.read(await located(), compressedSize);
    const bytes = await source.read(entry.offset, whole);
    const offset = checkAround(bytes, at, entry);
    return bytes.subarray(offset, offset + compressedSize);
  }

  async function packedPieces(): Promise<AsyncGenerator<Uint8Array>> {
    if (compressedSize > mostPacked) return piecesOf(source, await located(), compressedSize);
    return piecesOf(memorySource(await packedBytes()), 0, compressedSize);
  }

  async function read(
    limit = Number.POSITIVE_INFINITY,
    look: (chunk: Uint8Array) => void = () => undefined,
  ): Promise<Uint8Array> {
    if (size > limit) throw new FileError(at, `expected at most ${limit} bytes, received ${size} bytes.`);
    checkMethod(at, entry);
    checkSize();
    const known = inflatedBytes?.deref();
    if (known) look(known);
    if (known) return known;
    const bytes = isStored
      ? await packedBytes()
      : await joined(at, unpacked(await packedPieces()), size, look);
    if (isStored) look(bytes);
    checkSum(at, entry, crc32(bytes));
    if (!isStored) inflatedBytes = new WeakRef(bytes);
    return bytes;
  }

  return {
    name,
    size,
    isStored,
    read,
    chunks,
    check,
    source: async () =>
      isStored
        ? checkedSource(sliceSource(source, await located(), size), entry.crc, (received) =>
            damaged(at, entry, received),
          )
        : { ...memorySource(await read()), isChecked: true, check: async () => undefined },
  };
}

/** Where the bytes of a member begin, by its own header, which must agree with the directory. */
async function locate(source: ByteSource, at: string, entry: ZipEntry, end: number): Promise<number> {
  const room = end - entry.offset - entry.compressedSize;
  const head = await source.read(entry.offset, Math.min(room, longestHeader(entry)));
  const offset = entry.offset + checkLocalHeader(head, entry, at);
  const behind = offset + entry.compressedSize;
  if (behind > end) throw overlapping(at);
  if (entry.flags & flag.descriptor) {
    checkDescriptor(await source.read(behind, Math.min(longestDescriptor, end - behind)), entry, at);
  }
  return offset;
}

/** The same where the member is in memory with all that is around it. */
function checkAround(bytes: Uint8Array, at: string, entry: ZipEntry): number {
  const offset = checkLocalHeader(bytes.subarray(0, bytes.length - entry.compressedSize), entry, at);
  const behind = offset + entry.compressedSize;
  if (entry.flags & flag.descriptor) {
    checkDescriptor(bytes.subarray(behind, behind + longestDescriptor), entry, at);
  }
  return offset;
}

function checkMethod(at: string, { method: received }: ZipEntry): void {
  if (received === method.stored || received === method.deflated) return;
  throw new FileError(at, `expected a stored or deflated member, received method ${received}.`);
}

async function joined(
  at: string,
  chunks: AsyncIterable<Uint8Array>,
  size: number,
  look: (chunk: Uint8Array) => void,
): Promise<Uint8Array> {
  const bytes = allocate(at, size);
  let done = 0;
  for await (const chunk of chunks) {
    look(chunk);
    bytes.set(chunk, done);
    done += chunk.length;
  }
  return bytes;
}

async function* piecesOf(source: ByteSource, offset: number, length: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < length; done += pieceSize) {
    yield source.read(offset + done, Math.min(pieceSize, length - done));
  }
}

function checkSum(at: string, entry: ZipEntry, received: number): void {
  if (received !== entry.crc) throw damaged(at, entry, received);
}

function damaged(at: string, { crc }: ZipEntry, received?: number): FileError {
  const others = received === undefined ? "others" : `others, of CRC ${formatCrc(received)}`;
  return new FileError(
    at,
    `expected the bytes that were written, of CRC ${formatCrc(crc)}, received ${others}.`,
  );
}
