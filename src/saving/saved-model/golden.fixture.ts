import { readFileSync } from "node:fs";
import { FileError } from "../../errors.ts";
import { fromNumbers, fromTexts } from "../../tensor/create.ts";
import type { DType } from "../../tensor/dtype.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { openArchive } from "../archive.ts";
import type { ByteSource } from "../byte-source.ts";
import { memorySource } from "../sources.ts";

export type Files = ReadonlyMap<string, Uint8Array>;

/** A golden sample: the files of its folder by their names, and what tf.keras says of it. */
export interface Sample {
  readonly files: Files;
  readonly facts: {
    readonly config_text: string;
    readonly weights: readonly Stored[];
    readonly inputs: readonly Stored[];
    readonly outputs: readonly [Stored];
  };
}

export interface Stored {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}

export async function goldenSample(name: string, version = "2.9"): Promise<Sample> {
  const folder = `golden/${version}/saved-model`;
  const { members } = await openArchive(memorySource(readFileSync(`${folder}/${name}.zip`)));
  const files = new Map<string, Uint8Array>();
  for (const member of members.values()) files.set(member.name, await member.read());
  return { files, facts: JSON.parse(readFileSync(`${folder}/${name}.json`, "utf8")) };
}

export function storedTensor({ dtype, shape, values }: Stored): Tensor {
  return dtype === "string"
    ? fromTexts(shape, values.map(String))
    : fromNumbers(dtype, shape, values.map(Number));
}

/** One of some files, with the others beside it. */
export function fileOf(files: Files, path: string): ByteSource {
  const bytes = files.get(path);
  if (!bytes) throw new FileError(path, "there is no such file.");
  const start = path.slice(0, path.lastIndexOf("/") + 1);
  const open = async (name: string) => fileOf(files, start + name);
  return { ...memorySource(bytes), siblings: { open, name: path.slice(start.length) } };
}
