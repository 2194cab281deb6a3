import { toNumbers } from "../../src/tensor/create.ts";
import { isFloat } from "../../src/tensor/dtype.ts";
import { floatFormats, type RandomFloat } from "../../src/tensor/random.ts";
import type { Tensor } from "../../src/tensor/tensor.ts";

/** How many units the numbers of two tensors may be apart and still be said to be the same but for rounding. */
const MOST = 256;

/**
 * How far numbers are from those of Keras, in units in the last place of the largest of them; infinite where they are
 * others.
 */
export function distance(received: Tensor, wanted: Tensor): number {
  if (received.dtype !== wanted.dtype || String(received.shape) !== String(wanted.shape)) return Infinity;
  const [got, want] = [toNumbers(received), toNumbers(wanted)];
  let [apart, largest] = [0, 0];
  for (let i = 0; i < want.length; i++) {
    const [a, b] = [got[i]!, want[i]!];
    if (Object.is(a, b) || a === b) continue;
    apart = Math.max(apart, Number.isFinite(a) && Number.isFinite(b) ? Math.abs(a - b) : Infinity);
  }
  if (apart === 0) return 0;
  if (!isFloat(wanted.dtype)) return Infinity;
  for (const number of want) if (Number.isFinite(number)) largest = Math.max(largest, Math.abs(number));
  const { mantissa } = floatFormats[wanted.dtype as RandomFloat];
  const units = apart / 2 ** (Math.floor(Math.log2(largest)) - mantissa);
  return units > MOST ? Infinity : units;
}

/** A distance in words. Units are rounded up to a power of two, as other processors round otherwise. */
export function wordsFor(units: number): string {
  if (units === 0) return "bit for bit";
  return units === Infinity ? "differs" : `within ${2 ** Math.max(0, Math.ceil(Math.log2(units)))} ulp`;
}

/** How many units words speak of at most. */
export function unitsOf(words: string): number {
  if (words === "bit for bit") return 0;
  return Number(/^within (\d+) ulp$/.exec(words)?.[1] ?? Infinity);
}
