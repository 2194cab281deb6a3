import type { FileEntry } from "@zip.js/zip.js/lib/zip-core-reader.js";
import { FileError } from "../errors.ts";
import type { ByteSource } from "./byte-source.ts";
import { crc32 } from "./crc32.ts";
import { quoteName } from "./member-name.ts";
import { allocate } from "./range.ts";
import { memorySource, sliceSource } from "./sources.ts";
import { guarded } from "./zip-input.ts";

/** A file in an archive. */
export interface Member {
  readonly name: string;
  /** In bytes, once inflated. */
  readonly size: number;
  /**
   * All bytes, checked against their CRC; not to be written to, since they may be a view of the archive.
   * A member of more than `limit` bytes is refused unread.
   */
  read(limit?: number): Promise<Uint8Array>;
  /**
   * The bytes by ranges. A stored member is a slice of the archive, read as asked and so without a CRC check;
   * a compressed one is inflated into memory and checked.
   */
  source(): Promise<ByteSource>;
}

/** The methods of compression that are read. */
export const stored = 0;
const deflated = 8;
/** What a compressed member may measure, and how often its compressed size where that is not small anyhow. */
const inflatedLimit = 4 * 2 ** 30;
const inflatedRatio = 100;
const inflatedAnyhow = 64 * 2 ** 20;

/** A member of an archive, by its directory entry; its bytes must end at `end`. */
export function openMember(source: ByteSource, archive: string, entry: FileEntry, end: number): Member {
  const at = `${archive}: member ${quoteName(entry.filename)}`;
  const size = entry.uncompressedSize;
  let offset: Promise<number> | undefined;

  async function slice(): Promise<ByteSource> {
    offset ??= locate(at, entry, end).catch((error: unknown) => {
      offset = undefined; // a source may fail once, such as a server
      throw error;
    });
    return sliceSource(source, await offset, size);
  }

  async function read(limit = Number.POSITIVE_INFINITY): Promise<Uint8Array> {
    if (size > limit) throw new FileError(at, `expected at most ${limit} bytes, received ${size} bytes.`);
    if (entry.compressionMethod !== stored) return inflate(at, entry, end);
    const bytes = await (await slice()).read(0, size);
    if (crc32(bytes) !== entry.crc32) {
      throw new FileError(
        at,
        "expected the bytes that were written, received others: their CRC does not match.",
      );
    }
    return bytes;
  }

  return {
    name: entry.filename,
    size,
    read,
    source: async () => (entry.compressionMethod === stored ? slice() : memorySource(await read())),
  };
}

/** Where the bytes of a member begin, by its local header, which must agree with the directory. */
async function locate(at: string, entry: FileEntry, end: number): Promise<number> {
  await guarded(at, () => entry.getData(new WritableStream(), { checkOverlappingEntryOnly: true }));
  const offset = entry.localDirectory?.dataOffset;
  if (offset === undefined || offset + entry.compressedSize > end) {
    throw new FileError(at, "expected bytes of its own, received bytes that overlap another member.");
  }
  return offset;
}

async function inflate(at: string, entry: FileEntry, end: number): Promise<Uint8Array> {
  const { compressedSize, compressionMethod, uncompressedSize: size } = entry;
  if (compressionMethod !== deflated) {
    throw new FileError(at, `expected a stored or deflated member, received method ${compressionMethod}.`);
  }
  const limit = Math.min(inflatedLimit, Math.max(inflatedAnyhow, compressedSize * inflatedRatio));
  if (size > limit) {
    throw new FileError(
      at,
      `expected at most ${limit} bytes from ${compressedSize}, received ${size} bytes.`,
    );
  }
  await locate(at, entry, end);
  const bytes = allocate(at, size);
  let done = 0;
  const sink = new WritableStream<Uint8Array>({
    write(chunk) {
      if (done + chunk.length > size) throw new FileError(at, `expected ${size} bytes, received more.`);
      bytes.set(chunk, done);
      done += chunk.length;
    },
  });
  await guarded(at, () => entry.getData(sink));
  if (done !== size) throw new FileError(at, `expected ${size} bytes, received ${done} bytes.`);
  return bytes;
}
