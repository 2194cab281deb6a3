import { ShapeError } from "../errors.ts";
import { arrayType, bytesPerElement, type DType, isFloat, type TypedArray } from "./dtype.ts";
import { encodeBfloat16, encodeFloat16 } from "./float16.ts";
import { encodeInt64, lowWords } from "./int64.ts";
import { toNumbers } from "./numbers.ts";
import type { StaticShape } from "./shape.ts";
import { Tensor } from "./tensor.ts";

export { toNumbers } from "./numbers.ts";

/**
 * A tensor of numbers, which are rounded for a float dtype and truncated and wrapped for an integer one (NaN and
 * infinity give 0); for `bool` all but 0 is true. An array that is already what the tensor holds is not copied.
 */
export function fromNumbers(dtype: DType, shape: StaticShape, numbers: ArrayLike<number>): Tensor {
  return new Tensor(dtype, shape, encode(dtype, numbers));
}

/**
 * The same elements in another dtype, as NumPy's `astype` and Keras's `cast`. A float becomes an integer by dropping
 * the fraction; what is too large becomes the nearest integer the dtype has, NaN becomes 0 (NumPy leaves both undefined,
 * JAX does the same). Between integers the bits are wrapped. For `bool` all but 0 is true, NaN too.
 */
export function castTensor(tensor: Tensor, dtype: DType): Tensor {
  const { data, shape } = tensor;
  if (tensor.dtype === dtype) return tensor;
  if (tensor.dtype === "string" || dtype === "string")
    throw new ShapeError("cast", `expected numbers, received ${tensor.dtype} to be cast to ${dtype}.`);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    return new Tensor(dtype, shape, isFloat(dtype) ? encode(dtype, toNumbers(tensor)) : wrap(data, dtype));
  }
  const numbers = toNumbers(tensor);
  if (isFloat(tensor.dtype) && !isFloat(dtype) && dtype !== "bool") {
    return new Tensor(dtype, shape, truncate(numbers, dtype));
  }
  return fromNumbers(dtype, shape, numbers);
}

function encode(dtype: DType, numbers: ArrayLike<number>): TypedArray {
  switch (dtype) {
    case "bool":
      return truth(numbers, 0);
    case "float16":
      return encodeFloat16(numbers);
    case "bfloat16":
      return encodeBfloat16(numbers);
    case "int64":
      return encodeInt64(numbers, BigInt64Array);
    case "uint64":
      return encodeInt64(numbers, BigUint64Array);
    default: {
      const type = arrayType(dtype);
      if (numbers instanceof type) return numbers;
      const out = new type(numbers.length) as Float32Array;
      out.set(numbers);
      return out;
    }
  }
}

/** 1 where an element is not zero. */
function truth<T extends number | bigint>(elements: ArrayLike<T>, zero: T): Uint8Array {
  const out = new Uint8Array(elements.length);
  for (let i = 0; i < out.length; i++) out[i] = elements[i] === zero ? 0 : 1;
  return out;
}

/** 64-bit integers in another integer dtype: their low bits. */
function wrap(data: BigInt64Array | BigUint64Array, dtype: DType): TypedArray {
  if (dtype === "bool") return truth(data, 0n);
  if (dtype === "int64") return new BigInt64Array(data);
  if (dtype === "uint64") return new BigUint64Array(data);
  return encode(dtype, lowWords(data));
}

/** Numbers as integers, the fraction dropped, those out of range at its ends. */
function truncate(numbers: ArrayLike<number>, dtype: DType): TypedArray {
  const bits = bytesPerElement(dtype) * 8;
  const signed = !dtype.startsWith("u");
  const least = signed ? -(2 ** (bits - 1)) : 0;
  const limit = signed ? 2 ** (bits - 1) : 2 ** bits;
  if (bits === 64) {
    const clipped = new Float64Array(numbers);
    for (let i = 0; i < clipped.length; i++) clipped[i] = Math.max(clipped[i]!, least);
    const out = signed ? encodeInt64(clipped, BigInt64Array) : encodeInt64(clipped, BigUint64Array);
    const most = BigInt(limit) - 1n;
    for (let i = 0; i < out.length; i++) if (clipped[i]! >= limit) out[i] = most;
    return out;
  }
  const out = new (arrayType(dtype))(numbers.length) as Int32Array;
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(numbers[i]!, least), limit - 1);
  return out;
}
