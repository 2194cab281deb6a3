import { FileError } from "../errors.ts";
import { quote } from "../json/quote.ts";
import { castTensor } from "./cast.ts";
import { arrayType, bytesPerElement, type DType, dtypes, type TypedArray } from "./dtype.ts";
import { type StaticShape, sizeOf, stridesOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** Magic, two bytes of version, two of header length; the header is longer by two bytes from version 2 on. */
const prefixLength = 10;

/** Element types as NumPy spells them, after the byte order. */
const codes: Partial<Record<DType, string>> = {
  bool: "b1",
  uint8: "u1",
  uint16: "u2",
  uint32: "u4",
  uint64: "u8",
  int8: "i1",
  int16: "i2",
  int32: "i4",
  int64: "i8",
  float16: "f2",
  float32: "f4",
  float64: "f8",
};

/** Reads a `.npy` file, formats 1.0 to 3.0. Only numbers and booleans: no strings, records or Python objects. */
export function readNpy(bytes: Uint8Array): Tensor {
  const { dtype, swapped, fortran, shape, dataStart } = readNpyHeader(bytes);
  const expected = sizeOf(shape) * bytesPerElement(dtype);
  const received = bytes.length - dataStart;
  if (expected !== received) fail(`expected ${expected} bytes of data, received ${received}.`);
  const data = readElements(Uint8Array.prototype.slice.call(bytes, dataStart), dtype, swapped);
  return new Tensor(dtype, shape, fortran ? toRowMajor(data, shape, dtype) : data);
}

/** Elements as a file has them; the bytes, which are changed, become those of the array. */
export function readElements(bytes: Uint8Array, dtype: DType, swapped: boolean): TypedArray {
  if (swapped) swapBytes(bytes, bytesPerElement(dtype));
  if (dtype === "bool") for (let i = 0; i < bytes.length; i++) bytes[i] = bytes[i] === 0 ? 0 : 1;
  const size = bytes.length / bytesPerElement(dtype);
  return new (arrayType(dtype))(bytes.buffer as ArrayBuffer, bytes.byteOffset, size);
}

/**
 * Writes the bytes that NumPy's `save` writes. NumPy has no bfloat16 and would read it back as raw bytes: it is written
 * as float32.
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  const { data, dtype, shape } = tensor.dtype === "bfloat16" ? castTensor(tensor, "float32") : tensor;
  const header = writeNpyHeader(dtype, shape);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), header.length);
  return bytes;
}

/** What stands in front of the elements, which follow as they are in memory; for every dtype but bfloat16. */
export function writeNpyHeader(dtype: DType, shape: StaticShape): Uint8Array {
  const order = bytesPerElement(dtype) === 1 ? "|" : "<";
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  const code = codes[dtype];
  if (code === undefined) fail(`expected numbers, received a tensor of dtype ${dtype}.`);
  let header = `{'descr': '${order}${code}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy leaves room for the first dimension to grow to 21 digits, then fills up to a multiple of 64 bytes.
  if (shape.length > 0) header += " ".repeat(21 - String(shape[0]).length);
  header += `${" ".repeat(64 - ((prefixLength + header.length + 1) % 64))}\n`;
  const bytes = new Uint8Array(prefixLength + header.length);
  bytes.set([...magic, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), prefixLength);
  return bytes;
}

/** What a `.npy` file holds, and how. */
export interface NpyHeader {
  readonly dtype: DType;
  /** Whether the bytes of each element stand the other way around. */
  readonly swapped: boolean;
  /** Whether the first index runs fastest. */
  readonly fortran: boolean;
  readonly shape: StaticShape;
  /** Where the elements begin. */
  readonly dataStart: number;
}

/** Reads what stands in front of the elements; `bytes` are the beginning of the file, the header at least. */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  if (bytes.length < prefixLength || magic.some((byte, i) => bytes[i] !== byte)) {
    fail("expected the start of a NumPy file, received other bytes.");
  }
  const version = `${bytes[6]}.${bytes[7]}`;
  if (!["1.0", "2.0", "3.0"].includes(version)) {
    fail(`expected format version 1.0, 2.0 or 3.0, received ${version}.`);
  }
  const wide = bytes[6] !== 1;
  const start = wide ? prefixLength + 2 : prefixLength;
  if (bytes.length < start) fail("the file ends inside its header.");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const dataStart = start + length;
  if (dataStart > bytes.length) {
    fail(`expected a header of ${length} bytes, received ${bytes.length - start}.`);
  }
  const text = new TextDecoder().decode(bytes.subarray(start, dataStart));
  const description = find(text, "descr", /'([^']*)'|"([^"]*)"|\[/y);
  const fortran = find(text, "fortran_order", /(True|False)/y);
  const shape = find(text, "shape", /\(([\dL, ]*)\)/y);
  return {
    ...parseDescription(description),
    fortran: fortran === "True",
    shape: parseShape(shape),
    dataStart,
  };
}

/** The value of a key in the header, a Python dict of plain literals. */
function find(header: string, key: string, value: RegExp): string {
  const place = new RegExp(`[{,]\\s*['"]${key}['"]\\s*:\\s*`).exec(header);
  value.lastIndex = place ? place.index + place[0].length : 0;
  const match = place && value.exec(header);
  if (!match) fail(`expected a header with a valid ${key}, received ${quote(header, 200)}.`);
  return match[1] ?? match[2] ?? "[…]";
}

function parseShape(text: string): number[] {
  const items = text.split(",").map((item) => item.trim());
  if (items.at(-1) === "") items.pop();
  // Python 2 wrote 3L for 3.
  const shape = items.map((item) => (/^\d+L?$/.test(item) ? Number.parseInt(item, 10) : Number.NaN));
  if (!shape.every(Number.isSafeInteger)) fail(`expected a shape, received (${text}).`);
  return shape;
}

function parseDescription(description: string): { dtype: DType; swapped: boolean } {
  const dtype = dtypes.find((each) => codes[each] !== undefined && codes[each] === description.slice(1));
  if (dtype === undefined || !"<>|=".includes(description.charAt(0))) {
    fail(`expected numbers or booleans, received the NumPy dtype ${quote(description)}.`);
  }
  return { dtype, swapped: description.startsWith(">") };
}

function swapBytes(bytes: Uint8Array, width: number): void {
  for (let start = 0; start < bytes.length; start += width) bytes.subarray(start, start + width).reverse();
}

/** Elements whose first index runs fastest, reordered so that the last does. */
function toRowMajor(data: TypedArray, shape: StaticShape, dtype: DType): TypedArray {
  const out = new (arrayType(dtype))(data.length) as Float32Array;
  const source = data as Float32Array;
  const strides = stridesOf([...shape].reverse()).reverse();
  const index = new Array<number>(shape.length).fill(0);
  let from = 0;
  for (let to = 0; to < out.length; to++) {
    out[to] = source[from]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}

function fail(message: string): never {
  throw new FileError("npy", message);
}
