import type { Stats } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { FileError } from "../../errors.ts";
import type { Patch } from "../archive-writer.ts";
import { DiskFile } from "./disk-file.ts";
import { removeLeftOvers, temporaryBeside } from "./left-overs.ts";
import { asFileError, codeOf } from "./system-error.ts";
import { begin, finish } from "./unfinished.ts";

/** What a file is written of: bytes in order, and some that take the place of others. */
export type FileData = Uint8Array | Iterable<Uint8Array | Patch> | AsyncIterable<Uint8Array | Patch>;

/** The largest part one system call is asked for; Linux gives at most 2 GiB. */
const largestCall = 2 ** 30;

/** A file that is whole and waits beside the one whose place it is to take. */
export class PreparedFile {
  /** Where it is to be. */
  readonly target: string;
  readonly #path: string;
  readonly #isNew: boolean;
  #temporary: string | undefined;

  /** `path` is what errors call it. */
  constructor(path: string, target: string, temporary: string, isNew: boolean) {
    this.#path = path;
    this.target = target;
    this.#temporary = temporary;
    this.#isNew = isNew;
  }

  /** Puts it there. */
  async replace(): Promise<void> {
    const temporary = this.#temporary;
    if (temporary === undefined) return;
    try {
      if (!this.#isNew) DiskFile.keep(this.target);
      await rename(temporary, this.target);
    } catch (error) {
      await this.discard();
      throw asFileError(this.#path, "cannot be written", error);
    }
    finish(temporary);
    this.#temporary = undefined;
  }

  /** Removes it, where it has not taken its place. */
  async discard(): Promise<void> {
    if (this.#temporary !== undefined) await remove(this.#temporary);
    this.#temporary = undefined;
  }
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its place. Of two who write at
 * once, the last one's file is there, whole.
 *
 * An old file keeps its permissions, and its owner and group where the system allows; of a symbolic link, the file it
 * points to is replaced; another name of the same file (a hard link) keeps what it has. After a failure the old file is as
 * it was and the temporary one is gone, also where a signal ends the process. What a killed one left behind is removed by
 * the next write into that folder.
 *
 * A file whose name follows from what it holds takes the place that `placeOf` gives once that is written: in the folder of
 * `path`, the file that it belongs to, whose permissions it gets.
 */
export async function writeFileAtomic(path: string, data: FileData, placeOf?: () => string): Promise<void> {
  const prepared = await prepareFile(path, data, removeLeftOvers, placeOf);
  await prepared.replace();
  await syncFolder(dirname(prepared.target));
}

/**
 * Writes all of a file beside its place, of which `tidy` is told the folder first. A signal leaves nothing of it. `placeOf`
 * says where its place is then.
 */
export async function prepareFile(
  path: string,
  data: FileData,
  tidy?: (folder: string) => Promise<void>,
  placeOf?: () => string,
): Promise<PreparedFile> {
  let temporary: string | undefined;
  try {
    const target = placeOf ? resolve(path) : await followLinks(path);
    const old = await statusOf(path, target);
    await tidy?.(dirname(target));
    temporary = temporaryBeside(target);
    begin(temporary);
    const handle = await open(temporary, "wx", old ? old.mode & 0o777 : 0o666);
    try {
      if (old) await takeAfter(handle, old);
      await writeInTurn(handle, data instanceof Uint8Array ? [data] : data);
      await handle.sync();
    } finally {
      await handle.close();
    }
    return new PreparedFile(path, placeOf?.() ?? target, temporary, old === undefined);
  } catch (error) {
    if (temporary !== undefined) await remove(temporary);
    throw asFileError(path, "cannot be written", error);
  }
}

async function remove(temporary: string): Promise<void> {
  await rm(temporary, { force: true }).catch(() => undefined);
  finish(temporary);
}

/** Writes one chunk while the next is made; none is needed any more when the next but one is asked for. */
async function writeInTurn(handle: FileHandle, data: Exclude<FileData, Uint8Array>): Promise<void> {
  let writing = Promise.resolve();
  try {
    for await (const chunk of data) {
      await writing;
      writing =
        chunk instanceof Uint8Array ? writeAll(handle, chunk) : writeAll(handle, chunk.bytes, chunk.at);
      // What goes wrong is said when it is waited for.
      writing.catch(() => undefined);
    }
  } finally {
    await writing.catch(() => undefined);
  }
  await writing;
}

/** Writes where the file ends, or at a place. */
async function writeAll(handle: FileHandle, bytes: Uint8Array, at?: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const length = Math.min(bytes.length - done, largestCall);
    const place = at === undefined ? null : at + done;
    const { bytesWritten } = await handle.write(bytes, done, length, place);
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

/** The file that is to be replaced; undefined where there is none. */
async function statusOf(path: string, target: string): Promise<Stats | undefined> {
  try {
    const status = await stat(target);
    if (status.isFile()) return status;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
  throw new FileError(path, "expected a file, received a directory or device.");
}

/** Gives a new file the owner, the group and the permissions of the old one, as far as the system lets us. */
async function takeAfter(handle: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  const made = await handle.stat();
  const isAlike = made.uid === uid && made.gid === gid;
  const isKept = isAlike || (await isDone(handle.chown(uid, gid)));
  if (!isKept) await isDone(handle.chown(made.uid, gid));
  await handle.chmod(mode & (isKept ? 0o7777 : 0o777));
}

function isDone(work: Promise<void>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Makes renamings last through a power cut, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, "r");
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders, and some file systems do not sync them; the file itself is written.
  }
}
