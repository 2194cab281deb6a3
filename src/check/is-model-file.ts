import { CeratopsError } from "../errors.ts";
import { openArchive } from "../saving/archive.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import { hdf5, kindOf, npy, zip } from "../saving/file-kind.ts";
import { foreignArchive, recognize } from "../saving/formats/foreign.ts";
import type { FileFormat } from "../saving/formats/foreign-kind.ts";
import { configName } from "../saving/formats/keras.ts";
import { type SourceInput, toSource } from "../saving/sources.ts";
import { codeByStart, fewBytes } from "./code-bytes.ts";

/** What models and weights are called, and pickles, which models are kept in too. */
const endings = /\.(?:keras|h5|hdf5|npy|npz|onnx|tflite|pb|pth?|ckpt|pkl|pickle|dill|joblib)$/i;

/** Formats that much else is in, too. */
const common: ReadonlySet<FileFormat> = new Set<FileFormat>(["other", "gzip", "zip"]);

/** Whether a file is called as models are, whatever it holds. */
export function isModelName(name: string): boolean {
  return endings.test(name);
}

/**
 * Whether a file among others is one to check: by its ending, or by what it holds. Texts, pictures and archives of
 * anything else are not. Throws a FileError where it cannot be read.
 *
 * @example
 * await isModelFile(await toBytes(model), "download.bin"); // true
 * await isModelFile(new TextEncoder().encode("# Models"), "README.md"); // false
 */
export async function isModelFile(input: SourceInput, name: string): Promise<boolean> {
  if (isModelName(name)) return true;
  const source = await toSource(input);
  const kind = await kindOf(source);
  if (kind === hdf5 || kind === npy) return true;
  if (kind === zip) return isModelArchive(source);
  const start = await source.read(0, Math.min(source.size, fewBytes));
  // Pickles of text look like many a text.
  if (start[0] === firstOfPickle && codeByStart(start) !== null) return true;
  return !common.has((await recognize(source))?.format ?? "other");
}

const firstOfPickle = 0x80;

async function isModelArchive(source: ByteSource): Promise<boolean> {
  try {
    const archive = await openArchive(source);
    return archive.members.has(configName) || !common.has(foreignArchive(archive)?.format ?? "other");
  } catch (error) {
    if (!(error instanceof CeratopsError)) throw error;
    return false;
  }
}
