import { FileError } from "../../errors.ts";
import { readNpy } from "../../tensor/npy.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { ByteSource } from "../byte-source.ts";
import { npy as kind } from "../file-kind.ts";
import type { Format } from "./format.ts";

/** One array of NumPy, without a name. */
export const npy: Format = { extensions: [".npy"], kind };

/** The array of a `.npy` file. `name` is what errors begin with. */
export async function readNpyFile(source: ByteSource, name: string): Promise<Tensor> {
  const bytes = await source.read(0, source.size);
  try {
    return readNpy(bytes);
  } catch (cause) {
    if (cause instanceof FileError) throw new FileError(name, cause.message, { cause });
    throw cause;
  }
}
