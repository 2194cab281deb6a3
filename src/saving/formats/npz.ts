import { FileError } from "../../errors.ts";
import { readNpy, writeNpy } from "../../tensor/npy.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { type Member, openArchive } from "../archive.ts";
import { type NewMember, writeArchive } from "../archive-writer.ts";
import { Budget, type LimitOptions } from "../budget.ts";
import type { ByteSource } from "../byte-source.ts";
import { zip } from "../file-kind.ts";
import { quoteName } from "../member-name.ts";
import type { Format } from "./format.ts";
import { npy } from "./npy.ts";

const [ENDING] = npy.extensions;

/** Arrays of NumPy by their names: a zip archive of one file for each. */
export const npz: Format = { extensions: [".npz"], kind: zip };

/** The arrays of a NumPy `.npz` file by name, in its order. `name` is what errors begin with. */
export async function readNpz(
  source: ByteSource,
  name = "archive",
  { limits }: LimitOptions = {},
): Promise<Map<string, Tensor>> {
  const archive = await openArchive(source, name, new Budget(source.size, limits ?? {}));
  const tensors = new Map<string, Tensor>();
  for (const member of archive.members.values()) {
    tensors.set(member.name.slice(0, -ENDING.length), await readMember(member, name));
  }
  return tensors;
}

async function readMember(member: Member, archive: string): Promise<Tensor> {
  const at = `${archive}: member ${quoteName(member.name)}`;
  if (!member.name.endsWith(ENDING))
    throw new FileError(at, `expected an array (${ENDING}), received another file.`);
  const bytes = await member.read();
  try {
    return readNpy(bytes);
  } catch (cause) {
    if (cause instanceof FileError) throw new FileError(at, cause.message, { cause });
    throw cause;
  }
}

/** A NumPy `.npz` file of these arrays, uncompressed as `numpy.savez` writes it. */
export function writeNpz(entries: Iterable<readonly [string, Tensor]>): AsyncIterable<Uint8Array> {
  return writeArchive(npyMembers(entries));
}

function* npyMembers(entries: Iterable<readonly [string, Tensor]>): Generator<NewMember> {
  for (const [name, tensor] of entries) {
    const bytes = writeNpy(tensor);
    yield { name: `${name}${ENDING}`, size: bytes.length, chunks: () => bytes };
  }
}
