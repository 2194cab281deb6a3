import { type DType, isFloat, type TypedArray } from "../../tensor/dtype.ts";
import { decodeBfloat16, decodeFloat16, encodeBfloat16, encodeFloat16 } from "../../tensor/float16.ts";
import { Tensor } from "../../tensor/tensor.ts";
import { allocate, bigints, type Elements, isBigint, type Kernel, numbers } from "./kernel.ts";

/** The elements with float16 and bfloat16 spelled out as numbers. */
function decode({ dtype, data }: Tensor): TypedArray {
  if (dtype === "float16") return decodeFloat16(data as Uint16Array);
  if (dtype === "bfloat16") return decodeBfloat16(data as Uint16Array);
  return data;
}

const bits: Partial<Record<DType, number>> = { int8: 7, int16: 15, int32: 31, int64: 63 };
const unsignedBits: Partial<Record<DType, number>> = { uint8: 8, uint16: 16, uint32: 32, uint64: 64 };

/** The least and the greatest value of an integer dtype. */
function limits(dtype: DType): readonly [bigint, bigint] {
  const signed = bits[dtype];
  if (signed !== undefined) return [-(2n ** BigInt(signed)), 2n ** BigInt(signed) - 1n];
  return [0n, 2n ** BigInt(unsignedBits[dtype]!) - 1n];
}

/** Floats to integers: towards zero, the nearest there is for what is out of range, 0 for NaN (as XLA does). */
function truncate(from: Elements<number>, dtype: DType): TypedArray {
  const out = allocate(dtype, [from.length]);
  const [low, high] = limits(dtype);
  const lowest = Number(low);
  const highest = Number(high);
  const big = isBigint(dtype);
  for (let i = 0; i < out.length; i++) {
    const x = Math.trunc(from[i]!);
    if (Number.isNaN(x)) continue;
    if (big) out[i] = x <= lowest ? low : x >= highest ? high : BigInt(x);
    else out[i] = Math.min(Math.max(x, lowest), highest);
  }
  return out;
}

function toBool(from: TypedArray): Uint8Array {
  const out = new Uint8Array(from.length);
  for (let i = 0; i < out.length; i++) out[i] = from[i] ? 1 : 0;
  for (let i = 0; i < out.length; i++) if (Number.isNaN(from[i])) out[i] = 1;
  return out;
}

function convert(x: Tensor, dtype: DType): TypedArray {
  const from = decode(x);
  if (dtype === "bool") return toBool(from);
  if (isFloat(dtype)) {
    const plain = isBigint(x.dtype)
      ? Float64Array.from(bigints(from) as ArrayLike<bigint>, Number)
      : numbers(from);
    if (dtype === "float16") return encodeFloat16(plain);
    if (dtype === "bfloat16") return encodeBfloat16(plain);
    return dtype === "float32" ? Float32Array.from(plain) : Float64Array.from(plain);
  }
  if (isFloat(x.dtype)) return truncate(numbers(from), dtype);
  const out = allocate(dtype, [from.length]);
  const big = isBigint(dtype);
  for (let i = 0; i < out.length; i++) {
    const value = from[i]!;
    if (big) out[i] = BigInt(value);
    else out[i] = typeof value === "bigint" ? Number(BigInt.asIntN(32, value)) : value;
  }
  return out;
}

/** The same numbers in another dtype. Integers wrap around. */
export function castTo(x: Tensor, dtype: DType): Tensor {
  return dtype === x.dtype ? x : new Tensor(dtype, x.shape, convert(x, dtype));
}

const cast: Kernel<"cast"> = ([x], { dtype }) => [castTo(x!, dtype)];

export const castKernels = { cast };
