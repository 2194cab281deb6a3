// 64-bit integers to and from doubles by their two 32-bit words, low word first; a bigint for each would be slow.

type Int64Type = typeof BigInt64Array | typeof BigUint64Array;

const wordSize = 2 ** 32;

/** Numbers as 64-bit integers: the fraction dropped, wrapped modulo 2^64, NaN and infinity as 0. */
export function encodeInt64<T extends Int64Type>(numbers: ArrayLike<number>, type: T): InstanceType<T> {
  const words = new Uint32Array(numbers.length * 2);
  for (let i = 0; i < numbers.length; i++) {
    const whole = Math.trunc(numbers[i]!);
    words[2 * i] = whole;
    words[2 * i + 1] = Math.floor(whole / wordSize);
  }
  return new type(words.buffer) as InstanceType<T>;
}

/** 64-bit integers as the nearest doubles. */
export function decodeInt64(integers: BigInt64Array | BigUint64Array): Float64Array {
  const low = new Uint32Array(integers.buffer, integers.byteOffset, integers.length * 2);
  const high =
    integers instanceof BigInt64Array
      ? new Int32Array(integers.buffer, integers.byteOffset, integers.length * 2)
      : low;
  const out = new Float64Array(integers.length);
  for (let i = 0; i < out.length; i++) out[i] = high[2 * i + 1]! * wordSize + low[2 * i]!;
  return out;
}

/** The low words of 64-bit integers. */
export function lowWords(integers: BigInt64Array | BigUint64Array): Uint32Array {
  const words = new Uint32Array(integers.buffer, integers.byteOffset, integers.length * 2);
  const out = new Uint32Array(integers.length);
  for (let i = 0; i < out.length; i++) out[i] = words[2 * i]!;
  return out;
}
