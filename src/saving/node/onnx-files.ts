import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { NameOfWeights, OnnxFiles } from "../../engines/onnx/index.ts";
import { writeFileAtomic } from "./file.ts";

type Write = (path: string, data: Uint8Array | Iterable<Uint8Array>) => Promise<void>;

/** How many characters of the weights' hash are in the name of their file. */
const HASH = 16;

/**
 * Writes an exported model, whole or not at all, and gives the paths of what was written. The weights of a large one are
 * in a file beside it whose name follows from them, so that no model ever meets the weights of another: the old model
 * has its own until the new one takes its place, and these are removed then.
 */
export async function writeOnnxFiles(
  path: string,
  make: (nameOf: NameOfWeights) => Promise<OnnxFiles>,
  write: Write = writeFileAtomic,
): Promise<readonly string[]> {
  const old = await weightsOf(path);
  let beside = "";
  const { model, weights } = await make((pieces) => {
    beside = `${path}.${hashOf(pieces)}.data`;
    return basename(beside);
  });
  const isNew = !existsSync(beside);
  if (weights) await write(beside, weights);
  try {
    await write(path, model);
  } catch (error) {
    if (weights && isNew) await remove(beside);
    throw error;
  }
  await Promise.all(old.filter((other) => other !== beside).map(remove));
  return weights ? [path, beside] : [path];
}

/** The files of weights that belong to the model at a path, by their names. */
async function weightsOf(path: string): Promise<string[]> {
  const start = `${basename(path)}.`;
  const isOne = (name: string) =>
    name.startsWith(start) && new RegExp(`^[0-9a-f]{${HASH}}\\.data$`).test(name.slice(start.length));
  const names = await readdir(dirname(path)).catch(() => []);
  return names.filter(isOne).map((name) => join(dirname(path), name));
}

function hashOf(pieces: Iterable<Uint8Array>): string {
  const hash = createHash("sha256");
  for (const piece of pieces) hash.update(piece);
  return hash.digest("hex").slice(0, HASH);
}

/** Removes what nobody needs any more; where that cannot be done it stays. */
async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
