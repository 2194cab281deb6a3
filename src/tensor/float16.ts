/**
 * float16 (5 exponent bits, 10 of mantissa) and bfloat16 (8 and 7) as their bits in 16-bit integers.
 *
 * Encoding rounds a JavaScript number once, to the nearest, ties to even; what is too large becomes infinite, and
 * every NaN becomes the same quiet one.
 */

const float64 = new Float64Array(1);
const float64Words = new Uint32Array(float64.buffer);
const float32 = new Float32Array(1);
const float32Bits = new Uint32Array(float32.buffer);

/** The bits of the float16 nearest to a number. */
export function toFloat16(x: number): number {
  float64[0] = x;
  const high = float64Words[1]!;
  const sign = (high >>> 16) & 0x8000;
  const magnitude = high & 0x7fffffff;
  if (magnitude < 0x3f100000) {
    // Below 2^-14 the bits count steps of 2^-24; adding 2^52 makes the processor round to whole steps.
    return sign | (Math.abs(x) * 2 ** 24 + 2 ** 52 - 2 ** 52);
  }
  if (magnitude >= 0x40f00000) return sign | (Number.isNaN(x) ? 0x7e00 : 0x7c00);
  return sign | (roundOff(magnitude, float64Words[0]!, 10) - (1008 << 10));
}

/** The bits of the bfloat16 nearest to a number. */
export function toBfloat16(x: number): number {
  float64[0] = x;
  const high = float64Words[1]!;
  const sign = (high >>> 16) & 0x8000;
  const magnitude = high & 0x7fffffff;
  if (magnitude < 0x38100000) return sign | (Math.abs(x) * 2 ** 133 + 2 ** 52 - 2 ** 52);
  if (magnitude >= 0x47f00000) return sign | (Number.isNaN(x) ? 0x7fc0 : 0x7f80);
  return sign | (roundOff(magnitude, float64Words[0]!, 13) - (896 << 7));
}

/** Drops the last `count` bits of the high word and all of the low one, rounding to nearest, ties to even. */
function roundOff(high: number, low: number, count: number): number {
  const sticky = low === 0 ? high : high | 1;
  const half = (1 << (count - 1)) - 1;
  return (sticky + half + ((sticky >>> count) & 1)) >>> count;
}

/** The number that float16 bits stand for. */
export function fromFloat16(bits: number): number {
  const exponent = (bits >>> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 0) return sign * mantissa * 2 ** -24;
  if (exponent === 0x1f) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1024 + mantissa) * 2 ** (exponent - 25);
}

/** The number that bfloat16 bits stand for. */
export function fromBfloat16(bits: number): number {
  float32Bits[0] = bits << 16;
  return float32[0]!;
}

export function decodeFloat16(bits: Uint16Array): Float32Array {
  const out = new Float32Array(bits.length);
  const words = new Uint32Array(out.buffer);
  for (let i = 0; i < bits.length; i++) {
    const half = bits[i]!;
    const sign = (half & 0x8000) << 16;
    const magnitude = half & 0x7fff;
    if (magnitude >= 0x7c00) {
      words[i] = sign | 0x7f800000 | ((magnitude & 0x3ff) << 13);
    } else if (magnitude >= 0x400) {
      words[i] = sign | ((magnitude << 13) + (112 << 23));
    } else {
      out[i] = sign ? magnitude * -(2 ** -24) : magnitude * 2 ** -24;
    }
  }
  return out;
}

export function decodeBfloat16(bits: Uint16Array): Float32Array {
  const words = new Uint32Array(bits.length);
  for (let i = 0; i < bits.length; i++) words[i] = bits[i]! << 16;
  return new Float32Array(words.buffer);
}

export function encodeFloat16(numbers: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(numbers.length);
  for (let i = 0; i < out.length; i++) out[i] = toFloat16(numbers[i]!);
  return out;
}

export function encodeBfloat16(numbers: ArrayLike<number>): Uint16Array {
  const out = new Uint16Array(numbers.length);
  for (let i = 0; i < out.length; i++) out[i] = toBfloat16(numbers[i]!);
  return out;
}
