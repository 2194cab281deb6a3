import { ConfigError } from "../errors.ts";
import { arrayType, bytesPerElement, type DType } from "./dtype.ts";
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
import { type Key, randomBits, split } from "./threefry.ts";

export { foldIn, type Key, randomBits, split, threefryKey } from "./threefry.ts";

// The numbers of `jax.random` on a CPU, 64-bit types off: float64 and int64 are drawn as float32 and int32 and widened.
// `start` is the place of the first one among all that the key gives: parts that follow each other make the whole.

export type RandomFloat = "float16" | "bfloat16" | "float32" | "float64";
export type RandomInteger = Exclude<DType, RandomFloat | "bool">;

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

/** True with probability `p`, as `jax.random.bernoulli` with a float32 `p`. */
export function bernoulli(key: Key, shape: StaticShape, p = 0.5): Tensor {
  const numbers = drawUniform(key, 0, sizeOf(shape), 0, 1, floatFormats.float32);
  const limit = Math.fround(p);
  const data = new Uint8Array(numbers.length);
  for (let i = 0; i < data.length; i++) data[i] = numbers[i]! < limit ? 1 : 0;
  return new Tensor("bool", shape, data);
}

/** Integers spread evenly over `[min, max)`, those of `jax.random.randint`; `min` where the range is empty. */
export function randint(
  key: Key,
  shape: StaticShape,
  min: number,
  max: number,
  dtype: RandomInteger = "int32",
): Tensor {
  const { from, span, multiplier } = integerRange(min, max, dtype);
  const size = sizeOf(shape);
  const [highKey, lowKey] = split(key) as [Key, Key];
  const high = randomBits(highKey, size);
  const numbers = randomBits(lowKey, size);
  for (let i = 0; i < size; i++) {
    const offset = Math.imul(high[i]! % span, multiplier) + (numbers[i]! % span);
    numbers[i] = from + ((offset >>> 0) % span);
  }
  return new Tensor(dtype, shape, toIntegers(numbers, dtype));
}

/** What integers are drawn from: the least one, how many there are, and what high words count modulo that. */
export function integerRange(
  min: number,
  max: number,
  dtype: RandomInteger,
): { from: number; span: number; multiplier: number } {
  const [lowest, highest] = limits(dtype);
  const from = clip(checkLimit(min, "min"), lowest, highest);
  const to = clip(checkLimit(max, "max"), lowest, bytesPerElement(dtype) < 4 ? highest + 1 : highest);
  const span = to > from ? to - from : 1;
  // 2^32 modulo the range; JAX squares 2^16 in 32 bits, so that large ranges use the low words alone.
  const root = 2 ** 16 % span;
  return { from, span, multiplier: (Math.imul(root, root) >>> 0) % span };
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

const least32 = -(2 ** 31);
const most32 = 2 ** 31 - 1;

/** The least and the largest value of a type as it is drawn; limits themselves are int32. */
function limits(dtype: RandomInteger): [least: number, most: number] {
  const bits = bytesPerElement(dtype) * 8;
  if (bits >= 32) return dtype.startsWith("u") ? [0, most32] : [least32, most32];
  return dtype.startsWith("u") ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

function checkLimit(limit: number, name: string): number {
  if (!Number.isInteger(limit) || limit < least32 || limit > most32) {
    throw new ConfigError(`randint ${name}`, `expected an integer of 32 bits, received ${limit}.`);
  }
  return limit;
}

function clip(x: number, least: number, most: number): number {
  return Math.min(Math.max(x, least), most);
}

/** Reads the words as int32 (uint32 for unsigned types) and converts them. */
function toIntegers(words: Uint32Array, dtype: RandomInteger) {
  if (dtype === "uint32") return words;
  const signed = new Int32Array(words.buffer);
  if (dtype === "int32") return signed;
  const out = new (arrayType(dtype))(words.length);
  if (out instanceof BigInt64Array) for (let i = 0; i < out.length; i++) out[i] = BigInt(signed[i]!);
  else if (out instanceof BigUint64Array) for (let i = 0; i < out.length; i++) out[i] = BigInt(words[i]!);
  else out.set(words);
  return out;
}
