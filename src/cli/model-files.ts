import type { Dirent } from "node:fs";
import { readdir, realpath, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { isModelFile, isModelName } from "../check/is-model-file.ts";
import { FileError } from "../errors.ts";
import { isWebAddress } from "../saving/address.ts";
import { fileSource } from "../saving/node/file.ts";
import { asFileError } from "../saving/node/system-error.ts";
import { standard } from "./files.ts";

/** A file to look at, or why one cannot be. */
export interface FoundFile {
  readonly path: string;
  readonly error: FileError | null;
}

/**
 * What is to be looked at: files as they are named, and of folders all model files in them and below, in the order of
 * their names; each once. No symbolic link in a folder is followed: what it leads to inside is found where it is, and one
 * to a model elsewhere is an error, so that nobody takes it for looked at.
 */
export async function* modelFiles(paths: readonly string[]): AsyncGenerator<FoundFile> {
  const seen = new Set<string>();
  for (const path of paths) {
    for await (const found of (await isFolder(path)) ? modelsIn(path) : [{ path, error: null }]) {
      const key = isLocal(found.path) ? resolve(found.path) : found.path;
      if (!seen.has(key)) yield found;
      seen.add(key);
    }
  }
}

function isLocal(path: string): boolean {
  return path !== standard && !isWebAddress(path);
}

async function isFolder(path: string): Promise<boolean> {
  if (!isLocal(path)) return false;
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

/** Something in a folder: its path, and what it is. */
interface Place {
  readonly path: string;
  readonly entry: Pick<Dirent, "isDirectory" | "isFile" | "isSymbolicLink">;
}

const folder: Place["entry"] = { isDirectory: () => true, isFile: () => false, isSymbolicLink: () => false };

async function* modelsIn(top: string): AsyncGenerator<FoundFile> {
  const pending: Place[] = [{ path: top, entry: folder }];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { path, entry } = next;
    try {
      if (entry.isDirectory()) for (const place of await placesIn(path)) pending.push(place);
      else if (entry.isSymbolicLink()) await checkLink(path, top);
      else if (entry.isFile() && (await isModel(path))) yield { path, error: null };
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield { path, error };
    }
  }
}

/** What is in a folder, the last first. */
async function placesIn(path: string): Promise<readonly Place[]> {
  try {
    const entries = await readdir(path, { withFileTypes: true });
    return entries
      .sort((a, b) => (a.name < b.name ? 1 : -1))
      .map((entry) => ({ path: join(path, entry.name), entry }));
  } catch (error) {
    throw asFileError(path, "cannot be read", error);
  }
}

async function isModel(path: string): Promise<boolean> {
  const source = fileSource(path);
  try {
    return await isModelFile(source, path);
  } finally {
    source.close();
  }
}

/** Refuses a link to a model that is not in the folder, where nobody would look at it. */
async function checkLink(path: string, top: string): Promise<void> {
  if (!isModelName(path)) return;
  const [target, root] = await Promise.all([realpath(path).catch(() => null), realpath(top)]);
  if (target === null) throw new FileError(path, "expected a file, received a link that leads nowhere.");
  const way = relative(root, target);
  if (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  const help = "Links are not followed: name the file itself to have it checked.";
  throw new FileError(path, `expected a file in the folder, received a link out of it. ${help}`);
}
