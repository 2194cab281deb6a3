import type { ByteSource } from "./byte-source.ts";

/** What a file is on the outside, as its first bytes tell; formats of one kind differ inside. */
export interface FileKind {
  /** What messages call such a file. */
  readonly name: string;
  /** What such files begin with: one of these. */
  readonly starts: readonly (readonly number[])[];
  /** What they end with, where their beginning says nothing. */
  readonly end?: readonly number[];
}

export const zip: FileKind = { name: "a zip archive", starts: [[0x50, 0x4b]] };
export const hdf5: FileKind = {
  name: "an HDF5 file",
  starts: [[0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]],
};
export const npy: FileKind = { name: "a .npy file", starts: [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]] };
export const gzip: FileKind = { name: "a gzip file", starts: [[0x1f, 0x8b]] };
export const json: FileKind = { name: "JSON text", starts: [[0x7b], [0x5b]] };
/** Its first number is the version of the format, and a protobuf of ONNX with that one is older than any that is met. */
export const savedModel: FileKind = {
  name: "the saved_model.pb of a SavedModel",
  starts: [[0x08, 0x01, 0x12]],
};
export const levelDb = {
  name: "a LevelDB table",
  starts: [],
  end: [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb],
} as const satisfies FileKind;
/** Of a model, by a key that is in its first lines: any other text can be YAML, too. */
export const yaml: FileKind = { name: "YAML", starts: [] };
const yamlLine = /^("?class_name"?:|.*!!python)/m;

const kinds: readonly FileKind[] = [zip, hdf5, npy, gzip, json, savedModel, levelDb];
/** The longest signature. */
const longest = 8;
const fewLines = 512;

/** The kind of a file; null where its bytes do not tell. */
export async function kindOf(source: ByteSource): Promise<FileKind | null> {
  const start = await source.read(0, Math.min(source.size, fewLines));
  const kind = kinds.find((each) => begins(start, each));
  if (kind) return kind;
  const rest = Math.min(source.size, longest);
  const end = await source.read(source.size - rest, rest);
  const ended = kinds.find((each) => each.end?.every((byte, i) => end[i] === byte));
  if (ended) return ended;
  if ((await userBlock(source, (at) => source.read(at, longest))) !== null) return hdf5;
  return yamlLine.test(new TextDecoder().decode(start)) ? yaml : null;
}

function begins(bytes: Uint8Array, { starts }: FileKind): boolean {
  return starts.some((start) => start.every((byte, i) => bytes[i] === byte));
}

/** No HDF5 file is shorter than its superblock. */
const shortestHdf5 = 48;

/**
 * How many bytes stand in front of an HDF5 file's own: 0, or those of a user block, 512, 1024, 2048, …; null where there
 * is no HDF5 file. `read` gives the 8 bytes from a place on.
 */
export async function userBlock(
  { size }: Pick<ByteSource, "size">,
  read: (at: number) => Promise<Uint8Array>,
): Promise<number | null> {
  for (let at = 0; at + shortestHdf5 <= size; at = at ? 2 * at : 512)
    if (begins(await read(at), hdf5)) return at;
  return null;
}
