/** Words of 32 bits, in whatever holds them, and what the threefry2x32 hash does with them. */
export interface Words<W> {
  readonly add: (a: W, b: W) => W;
  readonly xor: (a: W, b: W) => W;
  /** The bits moved to the left, and in again on the right. */
  readonly rotate: (x: W, bits: number) => W;
  readonly word: (value: number) => W;
}

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** The third word of a key, which follows from its two. */
export function thirdWord<W>({ xor, word }: Words<W>, first: W, second: W): W {
  return xor(xor(first, second), word(0x1bd11bda));
}

/** The 20 rounds of the hash, of two words to which those of the key were added, and the key's three words. */
export function threefryRounds<W>(
  { add, xor, rotate, word }: Words<W>,
  keys: readonly [W, W, W],
  first: W,
  second: W,
): [W, W] {
  let [a, b] = [first, second];
  for (let round = 0; round < 5; round++) {
    for (const bits of rotations[round % 2]!) {
      a = add(a, b);
      b = xor(a, rotate(b, bits));
    }
    a = add(a, keys[(round + 1) % 3]!);
    b = add(b, add(keys[(round + 2) % 3]!, word(round + 1)));
  }
  return [a, b];
}
