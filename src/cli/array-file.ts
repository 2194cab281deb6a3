import { FileError } from "../errors.ts";
import type { Limits } from "../saving/budget.ts";
import type { ByteSource } from "../saving/byte-source.ts";
import { kindOf, npy } from "../saving/file-kind.ts";
import { abilityFor } from "../saving/formats/format.ts";
import { arrayReaders } from "../saving/formats/index.ts";
import { bytesPerElement, type DType } from "../tensor/dtype.ts";
import { type NpyHeader, readElements, readNpyHeader } from "../tensor/npy.ts";
import { rowsOf, sliceRows } from "../tensor/rows.ts";
import { type StaticShape, sizeOf } from "../tensor/shape.ts";
import { Tensor } from "../tensor/tensor.ts";

/** An array of which some rows are read at a time. */
export interface RowSource {
  readonly dtype: DType;
  readonly shape: StaticShape;
  read(start: number, stop: number): Promise<Tensor>;
}

/** Headers are shorter than that; NumPy itself reads no longer ones. */
const mostHeader = 2 ** 16;

/** The arrays of a file: one without a name, or several by theirs. One alone is read when its rows are asked for. */
export async function openArrays(
  source: ByteSource,
  name: string,
  limits: Limits = {},
): Promise<RowSource | ReadonlyMap<string, RowSource>> {
  if ((await kindOf(source)) === npy) {
    const start = await source.read(0, Math.min(source.size, mostHeader));
    const header = inFile(name, () => readNpyHeader(start));
    if (!header.fortran && header.shape.length > 0) return npyRows(source, name, header);
  }
  const found = await (await abilityFor(arrayReaders, source))(source, name, { limits });
  if (found instanceof Tensor) return heldRows(found);
  return new Map([...found].map(([key, tensor]) => [key, heldRows(tensor)]));
}

export function heldRows(tensor: Tensor): RowSource {
  const { dtype, shape } = tensor;
  return {
    dtype,
    shape,
    read: async (start, stop) =>
      start === 0 && stop === rowsOf(tensor) ? tensor : sliceRows(tensor, start, stop),
  };
}

function npyRows(source: ByteSource, name: string, header: NpyHeader): RowSource {
  const { dtype, shape, swapped, dataStart } = header;
  const expected = sizeOf(shape) * bytesPerElement(dtype);
  const received = source.size - dataStart;
  if (expected !== received)
    throw new FileError(name, `npy: expected ${expected} bytes of data, received ${received}.`);
  const width = sizeOf(shape.slice(1)) * bytesPerElement(dtype);
  return {
    dtype,
    shape,
    async read(start, stop) {
      const bytes = await source.read(dataStart + start * width, (stop - start) * width);
      // Elements have to begin where their size divides the place; those of a source in memory may not.
      const own = bytes.slice();
      return new Tensor(dtype, [stop - start, ...shape.slice(1)], readElements(own, dtype, swapped));
    },
  };
}

function inFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof FileError) throw new FileError(name, cause.message, { cause });
    throw cause;
  }
}
