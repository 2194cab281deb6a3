import { bytesPerElement, type DType, isFloat } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { align8, ByteWriter, textLength } from "./byte-writer.ts";
import type { HeapReference } from "./global-heap-writer.ts";
import { messageType } from "./object-header.ts";

const constant = 1;
const messagePrefix = 8;
const headerPrefix = 16;
const fillValueBytes = 8;
/** A layout takes 18, and messages are padded to a multiple of 8. */
const layoutBytes = 24;
/** The longest body that a message's 16-bit size can say. */
export const mostMessageBytes = 65528;
export const mostMessages = 65535;

/** Exponent bits, mantissa bits and bias. bfloat16 is not here: Keras keeps it as two opaque bytes. */
const floats: Readonly<Partial<Record<DType, readonly [number, number, number]>>> = {
  float16: [5, 10, 15],
  float32: [8, 23, 127],
  float64: [11, 52, 1023],
};

/** An element type as h5py writes it: class, class bits, size; then what the class has of its own. */
export function datatype(dtype: DType): Uint8Array {
  const known = datatypes.get(dtype);
  if (known) return known;
  const made = newDatatype(dtype);
  datatypes.set(dtype, made);
  return made;
}

const datatypes = new Map<DType, Uint8Array>();

function newDatatype(dtype: DType): Uint8Array {
  const size = bytesPerElement(dtype);
  const float = floats[dtype];
  if (float) {
    const [exponent, mantissa, bias] = float;
    const out = new ByteWriter().u8(0x11, 0x20, 8 * size - 1, 0).u32(size);
    return out
      .u16(0)
      .u16(8 * size)
      .u8(mantissa, exponent, 0, mantissa)
      .u32(bias).bytes;
  }
  if (isFloat(dtype)) return new ByteWriter().u8(0x15, 0, 0, 0).u32(size).bytes;
  if (dtype === "bool") {
    const out = new ByteWriter().u8(0x18, 2, 0, 0).u32(1).append(datatype("int8"));
    return out.ascii("FALSE\0\0\0TRUE\0\0\0\0").u8(0, 1).bytes;
  }
  const signed = dtype.startsWith("int") ? 8 : 0;
  return new ByteWriter()
    .u8(0x10, signed, 0, 0)
    .u32(size)
    .u16(0)
    .u16(8 * size).bytes;
}

/** The datatype of variable-length UTF-8 text: 16 bytes that refer to a global heap. */
export const textDatatype: Uint8Array = /* @__PURE__ */ (() =>
  new ByteWriter().u8(0x19, 1, 1, 0).u32(16).append(newDatatype("uint8")).bytes)();

function dataspaceSize(shape: StaticShape): number {
  return 8 + 16 * shape.length;
}

function writeDataspace(out: ByteWriter, shape: StaticShape): void {
  out.u8(1, shape.length, shape.length > 0 ? 1 : 0, 0).u32(0);
  for (const dimension of shape) out.u64(dimension);
  for (const dimension of shape) out.u64(dimension);
}

/** What an object's header says. */
export interface WrittenObject {
  readonly attributes: readonly WrittenAttribute[];
  /** Undefined for a group. */
  readonly dataset: { readonly dtype: DType; readonly shape: StaticShape } | undefined;
}

export interface WrittenAttribute {
  readonly name: string;
  readonly shape: StaticShape;
  /** Numbers, or texts in the global heap. */
  readonly value: Tensor | readonly HeapReference[];
}

/** How long an object's header is. Nothing that it says of places makes it longer. */
export function headerSize({ attributes, dataset }: WrittenObject): number {
  let size = headerPrefix + (dataset ? datasetSize(dataset.dtype, dataset.shape) : messagePrefix + 16);
  for (const attribute of attributes) size += messagePrefix + align8(attributeSize(attribute));
  return size;
}

/** Starts a header, behind which its messages are to be written: those of the object itself, then its attributes. */
export function writeHeader(out: ByteWriter, object: WrittenObject): void {
  const count = (object.dataset ? 4 : 1) + object.attributes.length;
  out.u8(1, 0).u16(count).u32(1);
  out.u32(headerSize(object) - headerPrefix).u32(0);
}

export function writeGroup(out: ByteWriter, tree: number, heap: number): void {
  message(out, messageType.symbolTable, 0, 16).u64(tree).u64(heap);
}

function datasetSize(dtype: DType, shape: StaticShape): number {
  const type = align8(datatype(dtype).length);
  return 4 * messagePrefix + dataspaceSize(shape) + type + fillValueBytes + layoutBytes;
}

/** What a dataset's header starts with; `address` is undefined where there are no bytes. */
export function writeDataset(
  out: ByteWriter,
  dtype: DType,
  shape: StaticShape,
  address: number | undefined,
  length: number,
): void {
  writeDataspace(message(out, messageType.dataspace, 0, dataspaceSize(shape)), shape);
  const type = datatype(dtype);
  message(out, messageType.datatype, constant, align8(type.length)).append(type).pad8();
  // version 2, space taken late, written if set, default value
  message(out, messageType.fillValue, constant, fillValueBytes).u8(2, 2, 2, 1).u32(0);
  message(out, messageType.layout, 0, layoutBytes).u8(3, 1);
  if (address === undefined) out.noAddress();
  else out.u64(address);
  out.u64(length).pad8();
}

/** The bytes of an attribute's message, before they are padded. */
export function attributeSize({ name, shape, value }: WrittenAttribute): number {
  const isTensor = value instanceof Tensor;
  const type = isTensor ? datatype(value.dtype) : textDatatype;
  const size = isTensor ? value.data.byteLength : 16 * value.length;
  return 8 + align8(textLength(name) + 1) + align8(type.length) + dataspaceSize(shape) + size;
}

/** Writes an attribute; `heaps` says where the collections of the global heap are. */
export function writeAttribute(out: ByteWriter, attribute: WrittenAttribute, heaps: readonly number[]): void {
  const { name, shape, value } = attribute;
  const type = value instanceof Tensor ? datatype(value.dtype) : textDatatype;
  message(out, messageType.attribute, 0, align8(attributeSize(attribute)));
  out
    .u8(1, 0)
    .u16(textLength(name) + 1)
    .u16(type.length)
    .u16(dataspaceSize(shape));
  out.text(name).u8(0).pad8();
  out.append(type).pad8();
  writeDataspace(out, shape);
  if (value instanceof Tensor) out.elements(value);
  else {
    for (const { length, collection, index } of value) out.u32(length).u64(heaps[collection]!).u32(index);
  }
  out.pad8();
}

/** Starts a header message of a type, with its flags and how long it is. */
function message(out: ByteWriter, type: number, flags: number, size: number): ByteWriter {
  return out.u16(type).u16(size).u8(flags, 0, 0, 0);
}
