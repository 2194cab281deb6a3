import { erfinv } from "./erfinv.ts";
import {
  encodeBfloat16,
  encodeFloat16,
  fromBfloat16,
  fromFloat16,
  toBfloat16,
  toFloat16,
} from "./float16.ts";
import { type StaticShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { type Key, randomBits } from "./threefry.ts";

export { foldIn, type Key, randomBits, split, threefryKey } from "./threefry.ts";

// The numbers of `jax.random` on a CPU, 64-bit types off: float64 and int64 are drawn as float32 and int32 and widened.
// `start` is the place of the first one among all that the key gives: parts that follow each other make the whole.

export type RandomFloat = "float16" | "bfloat16" | "float32" | "float64";

/** What drawing a float type depends on. */
export interface FloatFormat {
  /** How many bits of the mantissa are stored, all of them random. */
  readonly mantissa: number;
  /** Where these bits are in the 32 random ones. */
  readonly shift: number;
  readonly round: (x: number) => number;
}

/** How each float type is drawn. */
export const floatFormats: Readonly<Record<RandomFloat, FloatFormat>> = {
  float16: { mantissa: 10, shift: 6, round: (x) => fromFloat16(toFloat16(x)) },
  bfloat16: { mantissa: 7, shift: 1, round: (x) => fromBfloat16(toBfloat16(x)) },
  float32: { mantissa: 23, shift: 9, round: Math.fround },
  float64: { mantissa: 23, shift: 9, round: Math.fround },
};

/**
 * Numbers spread evenly over `[min, max)`, bit for bit those of `jax.random.uniform`. (Where |min| is over a thousand
 * times smaller than the range, the last bit may differ once in 10^8 values.)
 */
export function uniform(
  key: Key,
  shape: StaticShape,
  min = 0,
  max = 1,
  dtype: RandomFloat = "float32",
  start = 0,
): Tensor {
  return pack(drawUniform(key, start, sizeOf(shape), min, max, floatFormats[dtype]), shape, dtype);
}

/** Numbers of the standard normal distribution, bit for bit those of `jax.random.normal`. */
export function normal(key: Key, shape: StaticShape, dtype: RandomFloat = "float32", start = 0): Tensor {
  return pack(drawNormal(key, start, sizeOf(shape), floatFormats[dtype]), shape, dtype);
}

/** How likely a number of the standard normal distribution lies between -2 and 2: the error function of √2. */
export const likelihoodWithinTwo = 0.9544997361036416;

/** Numbers of the standard normal distribution between -2 and 2, those of `jax.random.truncated_normal`. */
export function truncatedNormal(
  key: Key,
  shape: StaticShape,
  dtype: RandomFloat = "float32",
  start = 0,
): Tensor {
  const format = floatFormats[dtype];
  const likelihood = format.round(likelihoodWithinTwo);
  const numbers = drawUniform(key, start, sizeOf(shape), -likelihood, likelihood, format);
  toNormal(numbers, format);
  const most = -nextUp(-2, format);
  for (let i = 0; i < numbers.length; i++) numbers[i] = clip(numbers[i]!, -most, most);
  return pack(numbers, shape, dtype);
}

/** `size` numbers spread evenly over `[min, max)`, from the place `start` on. */
export function drawUniform(
  key: Key,
  start: number,
  size: number,
  min: number,
  max: number,
  format: FloatFormat,
): Float32Array {
  const { mantissa, shift, round } = format;
  const bits = randomBits(key, size, start);
  const numbers = new Float32Array(bits.buffer);
  const mask = 2 ** mantissa - 1;
  const step = 2 ** -mantissa;
  const from = round(min);
  const span = round(round(max) - from);
  if (round !== Math.fround) {
    for (let i = 0; i < size; i++) {
      const unit = ((bits[i]! >>> shift) & mask) * step;
      numbers[i] = Math.max(from, round(round(unit * span) + from));
    }
  } else {
    // XLA multiplies and adds with one rounding; in doubles the product is exact.
    const scale = step * span;
    for (let i = 0; i < size; i++) {
      const number = (bits[i]! >>> shift) * scale + from;
      numbers[i] = Math.max(number, from);
    }
  }
  return numbers;
}

/** `size` numbers of the standard normal distribution, from the place `start` on. */
export function drawNormal(key: Key, start: number, size: number, format: FloatFormat): Float32Array {
  const aboveMinusOne = 2 ** -(format.mantissa + 1) - 1;
  const numbers = drawUniform(key, start, size, aboveMinusOne, 1, format);
  toNormal(numbers, format);
  return numbers;
}

function toNormal(numbers: Float32Array, { round }: FloatFormat): void {
  const sqrt2 = round(Math.SQRT2);
  if (round === Math.fround) {
    for (let i = 0; i < numbers.length; i++) numbers[i] = sqrt2 * erfinv(numbers[i]!);
  } else {
    for (let i = 0; i < numbers.length; i++) numbers[i] = round(sqrt2 * round(erfinv(numbers[i]!)));
  }
}

function pack(numbers: Float32Array, shape: StaticShape, dtype: RandomFloat): Tensor {
  if (dtype === "float16") return new Tensor(dtype, shape, encodeFloat16(numbers));
  if (dtype === "bfloat16") return new Tensor(dtype, shape, encodeBfloat16(numbers));
  return new Tensor(dtype, shape, dtype === "float64" ? Float64Array.from(numbers) : numbers);
}

/** The next larger number of a format, for normal numbers. */
export function nextUp(x: number, { mantissa, round }: FloatFormat): number {
  const step = 2 ** (Math.floor(Math.log2(Math.abs(x))) - mantissa);
  const next = round(x + (x < 0 ? step / 2 : step));
  return next > x ? next : round(x + step);
}

export function clip(x: number, least: number, most: number): number {
  return Math.min(Math.max(x, least), most);
}
