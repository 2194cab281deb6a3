import type { Stats } from "node:fs";
import { type FileHandle, open, readlink, realpath, rename, rm, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { FileError } from "../../errors.ts";
import { DiskFile } from "./disk-file.ts";
import { removeLeftOvers, temporaryBeside } from "./left-overs.ts";
import { asFileError, codeOf } from "./system-error.ts";
import { begin, finish } from "./unfinished.ts";

export type FileData = Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>;

/** The largest part one system call is asked for; Linux gives at most 2 GiB. */
const largestCall = 2 ** 30;

/** A file that is whole and waits beside the one whose place it is to take. */
export interface PreparedFile {
  /** Where it is to be. */
  readonly target: string;
  /** Puts it there. */
  replace(): Promise<void>;
  /** Removes it, where it has not taken its place. */
  discard(): Promise<void>;
}

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its place. Of two who write at
 * once, the last one's file is there, whole.
 *
 * An old file keeps its permissions, and its owner and group where the system allows; of a symbolic link, the file it
 * points to is replaced; another name of the same file (a hard link) keeps what it has. After a failure the old file is as
 * it was and the temporary one is gone, also where a signal ends the process. What a killed one left behind is removed by
 * the next write into that folder.
 */
export async function writeFileAtomic(path: string, data: FileData): Promise<void> {
  const prepared = await prepareFile(path, data, removeLeftOvers);
  await prepared.replace();
  await syncFolder(dirname(prepared.target));
}

/** Writes all of a file beside its place, of which `tidy` is told the folder first. A signal leaves nothing of it. */
export async function prepareFile(
  path: string,
  data: FileData,
  tidy?: (folder: string) => Promise<void>,
): Promise<PreparedFile> {
  let temporary: string | undefined;
  const discard = async () => {
    if (temporary === undefined) return;
    await rm(temporary, { force: true }).catch(() => undefined);
    finish(temporary);
    temporary = undefined;
  };
  const orDiscard = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      await discard();
      throw asFileError(path, "cannot be written", error);
    }
  };
  return orDiscard(async () => {
    const target = await followLinks(path);
    const old = await statusOf(path, target);
    await tidy?.(dirname(target));
    const made = temporaryBeside(target);
    temporary = made;
    begin(made);
    const handle = await open(made, "wx", old ? old.mode & 0o777 : 0o666);
    try {
      if (old) await takeAfter(handle, old);
      for await (const chunk of data instanceof Uint8Array ? [data] : data) await writeAll(handle, chunk);
      await handle.sync();
    } finally {
      await handle.close();
    }
    const replace = () =>
      orDiscard(async () => {
        if (old) DiskFile.keep(target);
        await rename(made, target);
        finish(made);
        temporary = undefined;
      });
    return { target, replace, discard };
  });
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
