import type { Random } from "../random.ts";

/** Numbers at the edge of what fits somewhere. */
export const extremes: readonly number[] = [
  0,
  1,
  2,
  3,
  7,
  8,
  0x7f,
  0x80,
  0xff,
  0x100,
  0x7fff,
  0x8000,
  0xffff,
  0x10000,
  0x7fffffff,
  0x80000000,
  0xffffffff,
  2 ** 32,
  2 ** 40,
  2 ** 53 - 1,
  2 ** 53,
  2 ** 63,
  2 ** 64 - 2048,
];

/** Writes a number into 1, 2, 4 or 8 bytes, little-endian; what does not fit is cut off, -1 is all ones. */
export function writeNumber(bytes: Uint8Array, at: number, width: number, value: number): void {
  let rest = BigInt.asUintN(64, BigInt(value));
  for (let i = 0; i < width && at + i < bytes.length; i++) {
    bytes[at + i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

export function readNumber(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = width - 1; i >= 0; i--) value = value * 256 + (bytes[at + i] ?? 0);
  return value;
}

/** Changes a number of a file: to an extreme, by a little, or to the length of the file. */
export function changeNumber(bytes: Uint8Array, at: number, width: number, random: Random): void {
  const old = readNumber(bytes, at, width);
  const value = random.pick([
    () => random.pick(extremes),
    () => -1 - random.below(3),
    () => old + random.between(-2, 2),
    () => old * random.pick([2, 3, 256, 65536]),
    () => Math.floor(old / 2),
    () => bytes.length + random.between(-1, 1),
    () => random.below(bytes.length),
  ])();
  writeNumber(bytes, at, width, value);
}

export const widths: readonly number[] = [1, 1, 2, 2, 4, 4, 8];
