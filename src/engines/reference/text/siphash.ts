import { rotateLeft as rotate, word } from "./words.ts";

// SipHash-2-4: https://www.aumasson.jp/siphash/siphash.pdf.

type State = [bigint, bigint, bigint, bigint];

/** 64 bits that stand for some bytes and a key of 128. */
export function siphash(bytes: DataView, [low, high]: readonly [bigint, bigint]): bigint {
  const keys = [word(low), word(high)] as const;
  const state: State = [
    keys[0] ^ 0x736f6d6570736575n,
    keys[1] ^ 0x646f72616e646f6dn,
    keys[0] ^ 0x6c7967656e657261n,
    keys[1] ^ 0x7465646279746573n,
  ];
  const { byteLength: length } = bytes;
  const whole = length - (length % 8);
  for (let at = 0; at < whole; at += 8) absorb(state, bytes.getBigUint64(at, true));
  let last = BigInt(length & 0xff) << 56n;
  for (let at = whole; at < length; at++) last |= BigInt(bytes.getUint8(at)) << BigInt(8 * (at - whole));
  absorb(state, last);
  state[2] ^= 0xffn;
  for (let i = 0; i < 4; i++) round(state);
  return state[0] ^ state[1] ^ state[2] ^ state[3];
}

function absorb(state: State, bits: bigint): void {
  state[3] ^= bits;
  round(state);
  round(state);
  state[0] ^= bits;
}

function round(state: State): void {
  let [a, b, c, d] = state;
  a = word(a + b);
  b = rotate(b, 13n) ^ a;
  a = rotate(a, 32n);
  c = word(c + d);
  d = rotate(d, 16n) ^ c;
  a = word(a + d);
  d = rotate(d, 21n) ^ a;
  c = word(c + b);
  b = rotate(b, 17n) ^ c;
  c = rotate(c, 32n);
  [state[0], state[1], state[2], state[3]] = [a, b, c, d];
}
