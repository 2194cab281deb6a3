import { FileError } from "../errors.ts";
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
  const { description, fortran, shape, dataStart } = readHeader(bytes);
  const { dtype, swapped } = parseDescription(description);
  const expected = sizeOf(shape) * bytesPerElement(dtype);
  const received = bytes.length - dataStart;
  if (expected !== received) fail(`expected ${expected} bytes of data, received ${received}.`);
  const copy = Uint8Array.prototype.slice.call(bytes, dataStart);
  if (swapped) swapBytes(copy, bytesPerElement(dtype));
  if (dtype === "bool") for (let i = 0; i < copy.length; i++) copy[i] = copy[i] === 0 ? 0 : 1;
  const data = new (arrayType(dtype))(copy.buffer, copy.byteOffset, sizeOf(shape));
  return new Tensor(dtype, shape, fortran ? toRowMajor(data, shape, dtype) : data);
}

/**
 * Writes the bytes that NumPy's `save` writes. NumPy has no bfloat16 and would read it back as raw bytes: it is written
 * as float32.
 */
export function writeNpy(tensor: Tensor): Uint8Array {
  const { data, dtype, shape } = tensor.dtype === "bfloat16" ? castTensor(tensor, "float32") : tensor;
  const order = bytesPerElement(dtype) === 1 ? "|" : "<";
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(", ")})`;
  let header = `{'descr': '${order}${codes[dtype]}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // NumPy leaves room for the first dimension to grow to 21 digits, then fills up to a multiple of 64 bytes.
  if (shape.length > 0) header += " ".repeat(21 - String(shape[0]).length);
  header += `${" ".repeat(64 - ((prefixLength + header.length + 1) % 64))}\n`;
  const bytes = new Uint8Array(prefixLength + header.length + data.byteLength);
  bytes.set([...magic, 1, 0, header.length & 0xff, header.length >> 8]);
  bytes.set(new TextEncoder().encode(header), prefixLength);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), prefixLength + header.length);
  return bytes;
}

interface Header {
  /** The element type as NumPy spells it, such as `<f4`. */
  readonly description: string;
  readonly fortran: boolean;
  readonly shape: StaticShape;
  readonly dataStart: number;
}

function readHeader(bytes: Uint8Array): Header {
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
  return { description, fortran: fortran === "True", shape: parseShape(shape), dataStart };
}

/** The value of a key in the header, a Python dict of plain literals. */
function find(header: string, key: string, value: RegExp): string {
  const place = new RegExp(`[{,]\\s*['"]${key}['"]\\s*:\\s*`).exec(header);
  value.lastIndex = place ? place.index + place[0].length : 0;
  const match = place && value.exec(header);
  if (!match)
    fail(`expected a header with a valid ${key}, received ${JSON.stringify(header.slice(0, 200))}.`);
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
    fail(`expected numbers or booleans, received the NumPy dtype ${JSON.stringify(description)}.`);
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
