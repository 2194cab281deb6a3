import { bytesPerElement, type DType, isFloat } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import { align8, ByteWriter, textLength } from "./byte-writer.ts";
import { messageType } from "./object-header.ts";

/** A header message: its type, its flags, and its body, padded to a multiple of 8 bytes. */
export interface WrittenMessage {
  readonly type: number;
  readonly flags: number;
  /** Of the body, with what it is padded with. */
  readonly size: number;
  readonly write: (out: ByteWriter) => void;
}

const constant = 1;
export const messagePrefix = 8;
export const headerPrefix = 16;
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

/** An attribute; `write` writes the `size` bytes of its value. */
export function attributeMessage(
  name: string,
  type: Uint8Array,
  shape: StaticShape,
  size: number,
  write: (out: ByteWriter) => void,
): WrittenMessage {
  const space = dataspaceSize(shape);
  const nameBytes = textLength(name) + 1;
  const length = 8 + align8(nameBytes) + align8(type.length) + space + size;
  return message(messageType.attribute, 0, length, (out) => {
    out.u8(1, 0).u16(nameBytes).u16(type.length).u16(space);
    out.text(name).fill(0, align8(nameBytes) - nameBytes + 1);
    out.append(type).fill(0, align8(type.length) - type.length);
    writeDataspace(out, shape);
    write(out);
  });
}

export function symbolTableMessage(tree: number, heap: number): WrittenMessage {
  return message(messageType.symbolTable, 0, 16, (out) => out.u64(tree).u64(heap));
}

/** What a dataset's header starts with; `address` is undefined where there are no bytes. */
export function datasetMessages(
  dtype: DType,
  shape: StaticShape,
  address: number | undefined,
  length: number,
): WrittenMessage[] {
  const type = datatype(dtype);
  return [
    message(messageType.dataspace, 0, dataspaceSize(shape), (out) => writeDataspace(out, shape)),
    message(messageType.datatype, constant, type.length, (out) => out.append(type)),
    // version 2, space taken late, written if set, default value
    message(messageType.fillValue, constant, 8, (out) => out.u8(2, 2, 2, 1).u32(0)),
    message(messageType.layout, 0, 18, (out) => {
      out.u8(3, 1);
      if (address === undefined) out.noAddress();
      else out.u64(address);
      out.u64(length);
    }),
  ];
}

export function headerSize(messages: readonly WrittenMessage[]): number {
  return messages.reduce((sum, { size }) => sum + messagePrefix + size, headerPrefix);
}

export function writeHeader(out: ByteWriter, messages: readonly WrittenMessage[]): void {
  out.u8(1, 0).u16(messages.length).u32(1);
  out.u32(headerSize(messages) - headerPrefix).u32(0);
  for (const { type, flags, size, write } of messages) {
    out.u16(type).u16(size).u8(flags, 0, 0, 0);
    const end = out.length + size;
    write(out);
    out.padTo(end);
  }
}

function message(
  type: number,
  flags: number,
  length: number,
  write: (out: ByteWriter) => void,
): WrittenMessage {
  return { type, flags, size: align8(length), write };
}
