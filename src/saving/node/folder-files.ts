import { mkdir } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { FileError } from "../../errors.ts";
import { quote } from "../../json/quote.ts";
import type { ModelFile } from "../save-tfjs.ts";
import { asFileError } from "./system-error.ts";
import { writeFileAtomic } from "./write-file.ts";

const main = "model.json";

/**
 * Writes a model that is in several files into the folder of `path`, which is made where it is missing. Each file is
 * there whole or not at all; the main one comes last, so that a new model is never there without its others.
 */
export async function writeFolder(path: string, files: AsyncIterable<ModelFile>): Promise<void> {
  const folder = dirname(path);
  if (basename(path) !== main) {
    throw new FileError(
      path,
      `expected the name ${main}, because the files of its weights have names of their own, received ${quote(basename(path))}.`,
    );
  }
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw asFileError(folder, "cannot be written", error);
  }
  for await (const { name, bytes } of files) await writeFileAtomic(join(folder, name), bytes);
}
