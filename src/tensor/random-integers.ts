import { ConfigError } from "../errors.ts";
import { arrayType, bytesPerElement, type DType } from "./dtype.ts";
import { clip, drawUniform, floatFormats, type RandomFloat } from "./random.ts";
import { type StaticShape, sizeOf } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import { type Key, randomBits, split } from "./threefry.ts";

export type RandomInteger = Exclude<DType, RandomFloat | "bool">;

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
