import { arrayType, type DType, type TypedArray } from "../../tensor/dtype.ts";
import type { StaticShape } from "../../tensor/shape.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { Cursor, decodeUtf8 } from "./cursor.ts";
import type { Datatype } from "./datatype.ts";
import { heapObject } from "./global-heap.ts";
import type { Spot } from "./spot.ts";
import type { Steps } from "./steps.ts";

export type NumberType = Extract<Datatype, { kind: "number" }>;
export type StringType = Extract<Datatype, { kind: "fixed-string" | "variable-string" }>;

/** A tensor of stored elements. Where nothing has to be converted it shares the bytes' memory. */
export function toTensor(type: NumberType, shape: StaticShape, bytes: Uint8Array): Tensor {
  const stored = type.bigEndian && type.size > 1 ? swapped(bytes, type.size) : bytes;
  if (type.dtype === "bool")
    return new Tensor(
      "bool",
      shape,
      Uint8Array.from(stored, (value) => (value ? 1 : 0)),
    );
  return new Tensor(type.dtype, shape, viewAs(type.dtype, stored));
}

/** Hosts of JavaScript are little-endian, as the bytes are. */
function viewAs(dtype: DType, bytes: Uint8Array): TypedArray {
  const array = arrayType(dtype);
  const aligned = bytes.byteOffset % array.BYTES_PER_ELEMENT === 0 ? bytes : new Uint8Array(bytes);
  return new array(aligned.buffer, aligned.byteOffset, aligned.byteLength / array.BYTES_PER_ELEMENT);
}

function swapped(bytes: Uint8Array, size: number): Uint8Array {
  const result = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    for (let i = 0; i < size; i++) result[at + i] = bytes[at + size - 1 - i]!;
  }
  return result;
}

/** The texts of stored strings; undefined where one is not UTF-8. */
export function* toStrings(
  spot: Spot,
  type: StringType,
  count: number,
  bytes: Uint8Array,
): Steps<readonly string[] | undefined> {
  const cursor = new Cursor(bytes, spot, "a string");
  const texts: string[] = [];
  for (let i = 0; i < count; i++) {
    const element = cursor.part(type.size, "a string");
    const stored =
      type.kind === "variable-string"
        ? yield* heapObject(element)
        : unpadded(element.bytes, type.spacePadded);
    const text = decodeUtf8(stored);
    if (text === undefined) return undefined;
    texts.push(text);
  }
  return texts;
}

function unpadded(bytes: Uint8Array, spacePadded: boolean): Uint8Array {
  if (!spacePadded) {
    const end = bytes.indexOf(0);
    return end < 0 ? bytes : bytes.subarray(0, end);
  }
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0x20) end--;
  return bytes.subarray(0, end);
}
