import { bytesPerElement, type DType, isFloat } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import { align8, ByteWriter } from "./byte-writer.ts";
import { messageType } from "./object-header.ts";

/** A header message: its type, its flags and its body, a multiple of 8 bytes. */
export interface WrittenMessage {
  readonly type: number;
  readonly flags: number;
  readonly body: Uint8Array;
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
export function textDatatype(): Uint8Array {
  return new ByteWriter().u8(0x19, 1, 1, 0).u32(16).append(datatype("uint8")).bytes;
}

export function dataspace(shape: StaticShape): Uint8Array {
  const out = new ByteWriter().u8(1, shape.length, shape.length > 0 ? 1 : 0, 0).u32(0);
  for (const limits of [shape, shape]) for (const dimension of limits) out.u64(dimension);
  return out.bytes;
}

export function attributeMessage(
  name: Uint8Array,
  type: Uint8Array,
  space: Uint8Array,
  value: Uint8Array,
): WrittenMessage {
  const out = new ByteWriter()
    .u8(1, 0)
    .u16(name.length + 1)
    .u16(type.length)
    .u16(space.length);
  for (const part of [new ByteWriter().append(name).u8(0).bytes, type, space]) out.append(part).pad8();
  return message(messageType.attribute, 0, out.append(value).bytes);
}

export function symbolTableMessage(tree: number, heap: number): WrittenMessage {
  return message(messageType.symbolTable, 0, new ByteWriter().u64(tree).u64(heap).bytes);
}

/** What a dataset's header starts with; `address` is undefined where there are no bytes. */
export function datasetMessages(
  dtype: DType,
  shape: StaticShape,
  address: number | undefined,
  length: number,
): WrittenMessage[] {
  const layout = new ByteWriter().u8(3, 1);
  if (address === undefined) layout.noAddress();
  else layout.u64(address);
  return [
    message(messageType.dataspace, 0, dataspace(shape)),
    message(messageType.datatype, constant, datatype(dtype)),
    // version 2, space taken late, written if set, default value
    message(messageType.fillValue, constant, new ByteWriter().u8(2, 2, 2, 1).u32(0).bytes),
    message(messageType.layout, 0, layout.u64(length).bytes),
  ];
}

export function headerSize(messages: readonly WrittenMessage[]): number {
  return messages.reduce((size, { body }) => size + messagePrefix + body.length, headerPrefix);
}

export function writeHeader(out: ByteWriter, messages: readonly WrittenMessage[]): void {
  out.u8(1, 0).u16(messages.length).u32(1);
  out.u32(headerSize(messages) - headerPrefix).u32(0);
  for (const { type, flags, body } of messages) {
    out.u16(type).u16(body.length).u8(flags, 0, 0, 0).append(body);
  }
}

function message(type: number, flags: number, body: Uint8Array): WrittenMessage {
  return { type, flags, body: new ByteWriter(align8(body.length)).append(body).pad8().bytes };
}
