import { FileError } from "../../errors.ts";
import { inspect } from "../../json/inspect.ts";
import { arrayType, type DType } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import { fieldsOf } from "./protobuf.ts";

/** What an index says of a tensor. */
export interface BundleEntry {
  /** `"unsupported"` elements, such as complex numbers, can be listed, not read. */
  readonly dtype: DType | "unsupported";
  readonly shape: StaticShape;
  /** Which of the files of tensors it is in. */
  readonly shard: number;
  /** Where in that file it is. */
  readonly offset: number;
  /** How many bytes it has there. */
  readonly size: number;
  /** The masked sum of its bytes. */
  readonly crc: number;
}

/** TensorFlow's numbers of dtypes. */
const dtypes: Readonly<Record<number, DType>> = {
  1: "float32",
  2: "float64",
  3: "int32",
  4: "uint8",
  5: "int16",
  6: "int8",
  7: "string",
  9: "int64",
  10: "bool",
  14: "bfloat16",
  17: "uint16",
  19: "float16",
  22: "uint32",
  23: "uint64",
};
const mostDimensions = 254;

/** Reads an entry, and complains about sizes that do not fit together. `at` is what errors call it. */
export function readBundleEntry(bytes: Uint8Array, at: string): BundleEntry {
  const numbers = { dtype: 0, shard: 0, offset: 0, size: 0, crc: 0 };
  let shape: StaticShape = [];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 1) numbers.dtype = field.integer;
    else if (field.number === 2) shape = readShape(field.bytes, at);
    else if (field.number === 3) numbers.shard = field.integer;
    else if (field.number === 4) numbers.offset = field.integer;
    else if (field.number === 5) numbers.size = field.integer;
    else if (field.number === 6) numbers.crc = field.fixed32;
    else if (field.number === 7)
      throw new FileError(
        at,
        "expected a tensor in one piece, received one in slices, which is not supported.",
      );
  }
  const { size, offset } = numbers;
  if (!(Number.isSafeInteger(offset) && offset >= 0 && Number.isSafeInteger(size) && size >= 0))
    throw new FileError(at, `expected a place in a file, received ${size} bytes at ${offset}.`);
  const dtype = dtypes[numbers.dtype] ?? "unsupported";
  checkSize(dtype, shape, size, at);
  return { ...numbers, dtype, shape };
}

function readShape(bytes: Uint8Array, at: string): StaticShape {
  const shape: number[] = [];
  for (const field of fieldsOf(bytes, at)) {
    if (field.number === 3 && field.integer !== 0)
      throw new FileError(at, "expected a shape, received one of unknown rank.");
    if (field.number !== 2) continue;
    let size = 0;
    for (const part of fieldsOf(field.bytes, at)) if (part.number === 1) size = part.integer;
    if (!Number.isSafeInteger(size) || size < 0 || shape.length === mostDimensions)
      throw new FileError(at, `expected sizes from 0 on, received ${inspect([...shape, size])}.`);
    shape.push(size);
  }
  return shape;
}

function checkSize(dtype: BundleEntry["dtype"], shape: StaticShape, size: number, at: string): void {
  if (dtype === "string" || dtype === "unsupported") return;
  const expected = shape.reduce((product, length) => product * length, arrayType(dtype).BYTES_PER_ELEMENT);
  if (expected !== size)
    throw new FileError(at, `expected ${expected} bytes of ${dtype} ${inspect(shape)}, received ${size}.`);
}
