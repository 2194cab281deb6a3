import { createHash, type Hash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { readdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { OnnxFiles } from "../../engines/onnx/index.ts";
import { temporaryBeside } from "./left-overs.ts";
import { codeOf } from "./system-error.ts";
import { writeFileAtomic } from "./write-file.ts";

type Write = (
  path: string,
  data: Uint8Array | AsyncIterable<Uint8Array>,
  placeOf?: () => string,
) => Promise<void>;

/** How many characters of the weights' hash are in the name of their file. */
const HASH = 16;

/**
 * Writes an exported model, whole or not at all, and gives the paths of what was written. The weights of a large one are
 * in a file beside it whose name follows from them, so that no model ever meets the weights of another: the old model
 * has its own until the new one takes its place, and these are removed then. They are gone through once: the name is known
 * when they are written.
 */
export async function writeOnnxFiles(
  path: string,
  make: () => Promise<OnnxFiles>,
  write: Write = writeFileAtomic,
): Promise<readonly string[]> {
  const old = await weightsAt(path);
  const files = await make();
  const { weights } = files;
  let beside = "";
  let isNew = false;
  if (weights) {
    const hash = createHash("sha256");
    await write(path, hashed(weights, hash), () => {
      beside = `${path}.${hash.digest("hex").slice(0, HASH)}.data`;
      isNew = !existsSync(beside);
      return beside;
    });
  }
  try {
    await write(path, files.model(basename(beside)));
    // Another export may have taken them for those of an older model meanwhile.
    if (weights && !existsSync(beside)) await write(beside, weights);
  } catch (error) {
    if (isNew) await discard(beside, path);
    throw error;
  }
  const unneeded = old.filter((name) => name !== basename(beside));
  await Promise.all(unneeded.map((name) => discard(join(dirname(path), name), path)));
  return weights ? [path, beside] : [path];
}

/** The names of the files of weights that belong to the model at a path: names, because a file has many paths. */
async function weightsAt(path: string): Promise<string[]> {
  const start = `${basename(path)}.`;
  const isOne = (name: string) =>
    name.startsWith(start) && new RegExp(`^[0-9a-f]{${HASH}}\\.data$`).test(name.slice(start.length));
  const names = await readdir(dirname(path)).catch(() => []);
  return names.filter(isOne);
}

async function* hashed(pieces: AsyncIterable<Uint8Array>, hash: Hash): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces) {
    hash.update(piece);
    yield piece;
  }
}

/**
 * Removes weights that the model at a path does not have: one that another process has put there by now may. They are out of
 * sight first, so that a process whose model comes later sees that they are missing.
 */
async function discard(weights: string, path: string): Promise<void> {
  const aside = temporaryBeside(weights);
  try {
    await rename(weights, aside);
    const isNeeded = await mentions(path, basename(weights)).catch((error) => codeOf(error) !== "ENOENT");
    if (isNeeded) await rename(aside, weights);
    else await rm(aside);
  } catch {
    // What cannot be removed stays.
  }
}

/** Whether a name is somewhere in a file. */
async function mentions(path: string, name: string): Promise<boolean> {
  const bytes = Buffer.from(name).toString("latin1");
  let seen = "";
  for await (const chunk of createReadStream(path, { encoding: "latin1" })) {
    seen += chunk;
    if (seen.includes(bytes)) return true;
    seen = seen.slice(-bytes.length);
  }
  return false;
}
