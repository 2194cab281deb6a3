import { existsSync } from "node:fs";
import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import { isShardName } from "../sharded/names.ts";
import { DiskFile } from "./disk-file.ts";
import { removeLeftOvers } from "./left-overs.ts";
import { asFileError } from "./system-error.ts";
import { type FileData, type PreparedFile, prepareFile, syncFolder } from "./write-file.ts";

/** A file of several, to be written. */
interface NewFile {
  readonly name: string;
  readonly bytes: FileData;
}

/** Files whose main one, JSON, names the others. */
export interface FolderKind {
  /** What the main file has to be called; null where anything will do. */
  readonly main: string | null;
  /** Whether one of the others is called as those of this main file are, here and by others who write such files. */
  readonly isPart: (name: string, main: string) => boolean;
  /** The names in a main file. */
  readonly namesIn: (main: unknown) => readonly unknown[];
}

/** Layers models of TensorFlow.js. */
export const layersModel: FolderKind = {
  main: "model.json",
  isPart: (name) => /^group\d+-shard\d+of\d+\.bin$/.test(name),
  namesIn: (main) =>
    (main as { weightsManifest: readonly { paths: readonly unknown[] }[] }).weightsManifest.flatMap(
      ({ paths }) => paths,
    ),
};

/** Weights of Keras in several files. */
export const shards: FolderKind = {
  main: null,
  isPart: isShardName,
  namesIn: (main) => Object.values((main as { weight_map: Record<string, unknown> }).weight_map).flat(),
};

/**
 * Writes a model that is in several files into the folder of `path`, which is made where it is missing. All of them are
 * written beside their places before the first takes its own; the main one comes last, so that a new model is never there
 * without its others. After a failure, or where a signal ends the process, the folder is as it was. Parts of the model that
 * was there before and that the new one has no use for are removed.
 */
export async function writeFolder(
  path: string,
  files: AsyncIterable<NewFile>,
  kind: FolderKind = layersModel,
): Promise<void> {
  const folder = resolve(dirname(path));
  const { main } = kind;
  if (main !== null && basename(path) !== main) {
    throw new FileError(
      path,
      `expected the name ${main}, because the files of its weights have names of their own, received ${quote(basename(path))}.`,
    );
  }
  const made = await makeFolder(folder);
  const prepared: PreparedFile[] = [];
  try {
    await removeLeftOvers(folder);
    const old = await partsOf(path, kind);
    for await (const { name, bytes } of files) {
      old.delete(name);
      prepared.push(await prepareFile(join(folder, name), bytes));
    }
    for (const file of prepared) await file.replace();
    await syncFolder(folder);
    for (const name of old) await discard(join(folder, name));
  } catch (error) {
    for (const file of prepared) await file.discard();
    await removeFolders(folder, made);
    throw error;
  }
}

/** The first of the folders that had to be made; undefined where all were there. */
async function makeFolder(folder: string): Promise<string | undefined> {
  try {
    return await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asFileError(folder, "cannot be written", error);
  }
}

/** Removes the folders that were made, from the last to the first, as far as they are empty. */
async function removeFolders(folder: string, first: string | undefined): Promise<void> {
  if (first === undefined) return;
  try {
    for (let at = folder; at.length >= first.length; at = dirname(at)) await rmdir(at);
  } catch {
    // Another one writes there by now.
  }
}

/** The names of the parts of what is there. */
async function partsOf(path: string, { namesIn, isPart }: FolderKind): Promise<Set<string>> {
  if (!existsSync(path)) return new Set();
  try {
    const names = namesIn(JSON.parse(await readFile(path, "utf8")));
    const isOwn = (name: unknown): name is string =>
      typeof name === "string" && isPart(name, basename(path)) && basename(name) === name;
    return new Set(names.filter(isOwn));
  } catch {
    return new Set();
  }
}

/** Removes a file that somebody may still read from. */
async function discard(path: string): Promise<void> {
  DiskFile.keep(path);
  await rm(path, { force: true }).catch(() => undefined);
}
