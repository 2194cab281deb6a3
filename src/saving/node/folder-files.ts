import { existsSync } from "node:fs";
import { mkdir, readFile, rm, rmdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import type { ModelFile } from "../save-tfjs.ts";
import { DiskFile } from "./disk-file.ts";
import { removeLeftOvers } from "./left-overs.ts";
import { asFileError } from "./system-error.ts";
import { type PreparedFile, prepareFile, syncFolder } from "./write-file.ts";

const main = "model.json";
/** What the parts of weights are called here and by TensorFlow.js. */
const aPart = /^group\d+-shard\d+of\d+\.bin$/;

/**
 * Writes a model that is in several files into the folder of `path`, which is made where it is missing. All of them are
 * written beside their places before the first takes its own; the main one comes last, so that a new model is never there
 * without its others. After a failure, or where a signal ends the process, the folder is as it was. Parts of the model that
 * was there before and that the new one has no use for are removed.
 */
export async function writeFolder(path: string, files: AsyncIterable<ModelFile>): Promise<void> {
  const folder = resolve(dirname(path));
  if (basename(path) !== main) {
    throw new FileError(
      path,
      `expected the name ${main}, because the files of its weights have names of their own, received ${quote(basename(path))}.`,
    );
  }
  const made = await makeFolder(folder);
  const prepared: PreparedFile[] = [];
  try {
    await removeLeftOvers(folder);
    const old = await partsOf(path);
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

/** The names of the parts of the model that is there. */
async function partsOf(path: string): Promise<Set<string>> {
  if (!existsSync(path)) return new Set();
  try {
    const { weightsManifest } = JSON.parse(await readFile(path, "utf8")) as {
      readonly weightsManifest: readonly { readonly paths: readonly unknown[] }[];
    };
    const paths = weightsManifest.flatMap((group) => group.paths);
    return new Set(paths.filter((name): name is string => typeof name === "string" && aPart.test(name)));
  } catch {
    return new Set();
  }
}

/** Removes a file that somebody may still read from. */
async function discard(path: string): Promise<void> {
  DiskFile.keep(path);
  await rm(path, { force: true }).catch(() => undefined);
}
