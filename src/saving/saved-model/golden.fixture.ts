import { readFileSync } from "node:fs";
import { FileError } from "../../errors.ts";
import { openArchive } from "../archive.ts";
import type { ByteSource } from "../byte-source.ts";
import { memorySource } from "../sources.ts";

const folder = "golden/2.9/saved-model";

/** A golden sample: the files of its folder by their names, and what tf.keras says of it. */
export interface Sample {
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly facts: {
    readonly config_text: string;
    readonly weights: readonly StoredValues[];
    readonly inputs: readonly StoredValues[];
    readonly outputs: readonly StoredValues[];
  };
}

export interface StoredValues {
  readonly name?: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

export async function goldenSample(name: string): Promise<Sample> {
  const { members } = await openArchive(memorySource(readFileSync(`${folder}/${name}.zip`)));
  const files = new Map<string, Uint8Array>();
  for (const member of members.values()) files.set(member.name, await member.read());
  return { files, facts: JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")) };
}

/** One of some files, with the others beside it. */
export function fileOf(files: ReadonlyMap<string, Uint8Array>, path: string): ByteSource {
  const bytes = files.get(path);
  if (!bytes) throw new FileError(path, "no such file");
  const start = path.slice(0, path.lastIndexOf("/") + 1);
  return { ...memorySource(bytes), siblings: { open: async (name) => fileOf(files, start + name) } };
}
