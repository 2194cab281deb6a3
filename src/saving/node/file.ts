import { read, readSync } from "node:fs";
import { FileError } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";
import { allocate, checkRange } from "../range.ts";
import { DiskFile } from "./disk-file.ts";
import { asFileError } from "./system-error.ts";

/** A file on disk, open until `close()`. */
export interface FileSource extends ByteSource {
  readonly readSync: (offset: number, length: number) => Uint8Array;
  readonly readInto: (offset: number, target: Uint8Array) => Promise<void>;
  close(): void;
}

/** The largest part one system call is asked for; Linux gives at most 2 GiB. */
const largestCall = 2 ** 30;
/** Files up to this size, in bytes, are read whole when they are opened, and need no descriptor. */
const readWhole = 2 ** 16;

/**
 * Opens a file for reading by ranges. Any number can be open: a small one is in memory, large ones share descriptors and
 * are opened again when they are needed, as long as nobody has replaced or changed them.
 */
export function fileSource(path: string): FileSource {
  const file = DiskFile.open(path);
  if (file.size > readWhole) return sourceOf(path, file);
  try {
    return inMemory(path, readNow(path, file, 0, file.size));
  } finally {
    file.close();
  }
}

function inMemory(path: string, bytes: Uint8Array): FileSource {
  let all: Uint8Array | null = bytes;
  const readSync = (offset: number, length: number) => {
    if (!all) throw closed(path);
    checkRange(path, all.length, offset, length);
    return all.slice(offset, offset + length);
  };
  return {
    size: bytes.length,
    readSync,
    read: async (offset, length) => readSync(offset, length),
    async readInto(offset, target) {
      target.set(readSync(offset, target.length));
    },
    close() {
      all = null;
    },
  };
}

function sourceOf(path: string, file: DiskFile): FileSource {
  const { size } = file;
  let isClosed = false;
  const check = (offset: number, length: number) => {
    if (isClosed) throw closed(path);
    checkRange(path, size, offset, length);
  };
  return {
    size,
    readSync(offset, length) {
      check(offset, length);
      return readNow(path, file, offset, length);
    },
    async read(offset, length) {
      check(offset, length);
      const bytes = allocate(path, length);
      await fill(path, file, offset, bytes);
      return bytes;
    },
    async readInto(offset, target) {
      check(offset, target.length);
      await fill(path, file, offset, target);
    },
    close() {
      if (!isClosed) file.close();
      isClosed = true;
    },
  };
}

function readNow(path: string, file: DiskFile, offset: number, length: number): Uint8Array {
  const bytes = allocate(path, length);
  for (let done = 0; done < length; ) {
    let count: number;
    try {
      const part = Math.min(length - done, largestCall);
      count = readSync(file.descriptor(path), bytes, done, part, offset + done);
    } catch (error) {
      throw asFileError(path, "cannot be read", error);
    }
    checkCount(path, count, offset + done, length - done);
    done += count;
  }
  return bytes;
}

function fill(path: string, file: DiskFile, offset: number, target: Uint8Array): Promise<void> {
  return file.lend(path, async (descriptor) => {
    const { length } = target;
    for (let done = 0; done < length; ) {
      const part = Math.min(length - done, largestCall);
      const count = await new Promise<number>((resolve, reject) => {
        read(descriptor, target, done, part, offset + done, (error, count) => {
          if (error) reject(asFileError(path, "cannot be read", error));
          else resolve(count);
        });
      });
      checkCount(path, count, offset + done, length - done);
      done += count;
    }
  });
}

function checkCount(path: string, count: number, offset: number, length: number): void {
  if (count > 0) return;
  throw new FileError(path, `expected ${length} bytes at offset ${offset}, received the end of the file.`);
}

function closed(path: string): FileError {
  return new FileError(path, "expected an open file, received a closed one.");
}
