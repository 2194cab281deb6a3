import type { Random } from "../random.ts";
import { changeNumber, widths } from "./extremes.ts";

const mostBytes = 2 ** 20;

/** Changes bytes without knowing what they are: flips, numbers, cuts, copies, and parts of another file. */
export function mutateBytes(
  seed: Uint8Array,
  random: Random,
  others: readonly Uint8Array[] = [],
): Uint8Array {
  let bytes = new Uint8Array(seed);
  for (let left = random.few(); left > 0; left--) bytes = changed(bytes, random, others);
  return bytes;
}

function changed(bytes: Uint8Array, random: Random, others: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const { length } = bytes;
  const own = new Uint8Array(bytes);
  if (length === 0) return Uint8Array.of(random.below(256));
  const at = random.below(length);
  const some = Math.min(random.pick([1, 1, 2, 4, 8, 16, 64, 300]), length - at);
  switch (random.below(12)) {
    case 0:
      own[at] = own[at]! ^ (1 << random.below(8));
      return own;
    case 1:
      return own.fill(random.pick([0, 1, 0x20, 0x7f, 0x80, 0xff, random.below(256)]), at, at + some);
    case 2:
      return own.slice(0, at);
    case 3:
      return joined(own.subarray(0, at), own.subarray(at + some));
    case 4:
      return joined(own.subarray(0, at), own.subarray(at, at + some), own.subarray(at));
    case 5:
      return joined(own.subarray(0, at), new Uint8Array(some), own.subarray(at));
    case 6: {
      own.copyWithin(random.below(length), at, at + some);
      return own;
    }
    case 7: {
      const other = others.length === 0 ? own : random.pick(others);
      const from = random.below(other.length);
      return joined(own.subarray(0, at), other.subarray(from, from + random.below(400)), own.subarray(at));
    }
    case 8: {
      if (length > mostBytes / 2) return own;
      return random.once(2) ? joined(own, own) : joined(new Uint8Array(random.below(600)), own);
    }
    default:
      changeNumber(own, at, random.pick(widths), random);
      return own;
  }
}

export function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
