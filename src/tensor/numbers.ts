import type { DType, TypedArray } from "./dtype.ts";
import { decodeBfloat16, decodeFloat16 } from "./float16.ts";
import { decodeInt64 } from "./int64.ts";

/** What a tensor holds. */
export interface Elements {
  readonly dtype: DType;
  readonly data: TypedArray;
  readonly strings?: readonly string[] | null;
}

/**
 * A tensor's elements as JavaScript numbers: the tensor's own array where that holds them, else a new one (float32 for
 * float16 and bfloat16; float64 for 64-bit integers, rounded beyond 2^53).
 */
export function toNumbers({ data, dtype }: Elements): Exclude<TypedArray, BigInt64Array | BigUint64Array> {
  if (dtype === "float16") return decodeFloat16(data as Uint16Array);
  if (dtype === "bfloat16") return decodeBfloat16(data as Uint16Array);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return decodeInt64(data);
  return data;
}
