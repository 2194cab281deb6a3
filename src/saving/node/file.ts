import { randomBytes } from "node:crypto";
import { closeSync, fstatSync, openSync, read, readSync, statSync } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FileError } from "../../errors.ts";
import type { ByteSource } from "../byte-source.ts";
import { allocate, checkRange } from "../range.ts";
import { describeFolder } from "./folder.ts";

/** A file on disk, open until `close()`. */
export interface FileSource extends ByteSource {
  readonly readSync: (offset: number, length: number) => Uint8Array;
  close(): void;
}

/** The largest part one system call is asked for; Linux gives at most 2 GiB. */
const largestCall = 2 ** 30;

/** Opens a file for reading by ranges. */
export function fileSource(path: string): FileSource {
  let descriptor: number;
  let size: number;
  let isClosed = false;
  /** System calls that are under way: the descriptor is theirs until they are done. */
  let calls = 0;
  try {
    // Asked before opening, since opening a pipe waits for a writer.
    const status = statSync(path);
    if (!status.isFile()) {
      const received = status.isDirectory() ? describeFolder(path) : "a device.";
      throw new FileError(path, `expected a file, received ${received}`);
    }
    descriptor = openSync(path, "r");
    size = fstatSync(descriptor).size;
  } catch (error) {
    throw asFileError(path, "cannot be read", error);
  }

  function opened(): number {
    if (isClosed) throw new FileError(path, "expected an open file, received a closed one.");
    return descriptor;
  }
  function closeUnused(): void {
    if (isClosed && calls === 0) closeSync(descriptor);
  }
  function checkCount(count: number, offset: number, length: number): void {
    if (count > 0) return;
    throw new FileError(path, `expected ${length} bytes at offset ${offset}, received the end of the file.`);
  }

  async function fill(offset: number, target: Uint8Array): Promise<void> {
    const { length } = target;
    for (let done = 0; done < length; ) {
      const part = Math.min(length - done, largestCall);
      const count = await new Promise<number>((resolvePart, reject) => {
        read(opened(), target, done, part, offset + done, (error, count) => {
          calls--;
          closeUnused();
          if (error) reject(asFileError(path, "cannot be read", error));
          else resolvePart(count);
        });
        calls++;
      });
      checkCount(count, offset + done, length - done);
      done += count;
    }
  }

  return {
    size,
    readSync(offset, length) {
      checkRange(path, size, offset, length);
      const bytes = allocate(path, length);
      for (let done = 0; done < length; ) {
        let count: number;
        try {
          count = readSync(opened(), bytes, done, Math.min(length - done, largestCall), offset + done);
        } catch (error) {
          throw asFileError(path, "cannot be read", error);
        }
        checkCount(count, offset + done, length - done);
        done += count;
      }
      return bytes;
    },
    async read(offset, length) {
      checkRange(path, size, offset, length);
      const bytes = allocate(path, length);
      await fill(offset, bytes);
      return bytes;
    },
    async readInto(offset, target) {
      checkRange(path, size, offset, target.length);
      await fill(offset, target);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      closeUnused();
    },
  };
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its place.
 *
 * An old file keeps its permissions; of a link, the file it points to is replaced. After a failure the old
 * file is as it was and the temporary one is gone.
 */
export async function writeFileAtomic(
  path: string,
  data: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
): Promise<void> {
  let temporary: string | undefined;
  try {
    const target = await followLinks(path);
    const mode = await modeOf(path, target);
    const name = join(
      dirname(target),
      `.${basename(target).slice(0, 32)}.${randomBytes(6).toString("hex")}.tmp`,
    );
    const handle = await open(name, "wx", mode ?? 0o666);
    temporary = name;
    try {
      if (mode !== undefined) await handle.chmod(mode);
      for await (const chunk of data instanceof Uint8Array ? [data] : data) await writeAll(handle, chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(name, target);
    temporary = undefined;
    await syncFolder(dirname(target));
  } catch (error) {
    if (temporary !== undefined) await rm(temporary, { force: true }).catch(() => undefined);
    throw asFileError(path, "cannot be written", error);
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await handle.write(bytes, done, Math.min(bytes.length - done, largestCall));
    done += bytesWritten;
  }
}

/** Where a link leads to in the end, be there a file or not. */
async function followLinks(path: string): Promise<string> {
  let target = resolve(path);
  for (let followed = 0; followed < 40; followed++) {
    let link: string;
    try {
      link = await readlink(target);
    } catch {
      return target;
    }
    target = resolve(await realpath(dirname(target)), link);
  }
  throw new FileError(path, "expected a file, received links that lead to each other.");
}

/** The permissions of the file that is to be replaced; undefined where there is none. */
async function modeOf(path: string, target: string): Promise<number | undefined> {
  try {
    const status = await stat(target);
    if (status.isFile()) return status.mode & 0o7777;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  throw new FileError(path, "expected a file, received a directory or device.");
}

/** Makes the renaming last through a power cut, where the system can. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders, and some file systems do not sync them; the file itself is written.
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "a read-only file system",
  ENOSPC: "no space left",
};

/** The system's errors as FileErrors; any other, such as one thrown while making the data, as it is. */
function asFileError(path: string, problem: string, error: unknown): unknown {
  const code = codeOf(error);
  if (code === undefined) return error;
  return new FileError(path, `${problem}: ${reasons[code] ?? (error as Error).message}.`, {
    cause: error,
  });
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || error instanceof FileError) return undefined;
  return "syscall" in error && "code" in error ? String(error.code) : undefined;
}
