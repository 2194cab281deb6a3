import { rotateRight as rotate, word } from "./words.ts";

// FarmHash's Fingerprint64, the hash that TensorFlow promises not to change: https://github.com/google/farmhash.

const k0 = 0xc3a5c85c97cb3127n;
const k1 = 0xb492b66fbe98f273n;
const k2 = 0x9ae16a3b2f90404fn;

type Pair = readonly [bigint, bigint];

/** 64 bits that stand for some bytes. */
export function fingerprint(bytes: DataView): bigint {
  const { byteLength: length } = bytes;
  if (length <= 16) return ofFew(bytes, length);
  if (length <= 32) return ofSome(bytes, length);
  return length <= 64 ? ofMore(bytes, length) : ofMany(bytes, length);
}

/** Two fingerprints as one. */
export function joinFingerprints(a: bigint, b: bigint): bigint {
  const factor = 0xc6a4a7935bd1e995n;
  let joined = word(a ^ factor);
  joined ^= word(mixed(word(b * factor)) * factor);
  joined = word(joined * factor);
  joined = word(mixed(joined) * factor);
  return mixed(joined);
}

function mixed(x: bigint): bigint {
  return x ^ (x >> 47n);
}

function fetch(bytes: DataView, at: number): bigint {
  return bytes.getBigUint64(at, true);
}

function factorOf(length: number): bigint {
  return word(k2 + BigInt(length) * 2n);
}

function ofTwo(u: bigint, v: bigint, factor: bigint): bigint {
  const a = mixed(word(word(u ^ v) * factor));
  const b = mixed(word((word(v) ^ a) * factor));
  return word(b * factor);
}

function ofFew(bytes: DataView, length: number): bigint {
  const factor = factorOf(length);
  if (length >= 8) {
    const a = word(fetch(bytes, 0) + k2);
    const b = fetch(bytes, length - 8);
    return ofTwo(rotate(b, 37n) * factor + a, (rotate(a, 25n) + b) * factor, factor);
  }
  if (length >= 4) {
    const first = BigInt(bytes.getUint32(0, true));
    return ofTwo(BigInt(length) + (first << 3n), BigInt(bytes.getUint32(length - 4, true)), factor);
  }
  if (length === 0) return k2;
  const y = BigInt(bytes.getUint8(0) + (bytes.getUint8(length >> 1) << 8));
  const z = BigInt(length + (bytes.getUint8(length - 1) << 2));
  return word(mixed(word(y * k2) ^ word(z * k0)) * k2);
}

function ofSome(bytes: DataView, length: number): bigint {
  const factor = factorOf(length);
  const a = word(fetch(bytes, 0) * k1);
  const b = fetch(bytes, 8);
  const c = word(fetch(bytes, length - 8) * factor);
  const d = word(fetch(bytes, length - 16) * k2);
  return ofTwo(rotate(word(a + b), 43n) + rotate(c, 30n) + d, a + rotate(word(b + k2), 18n) + c, factor);
}

function ofMore(bytes: DataView, length: number): bigint {
  const factor = factorOf(length);
  const a = word(fetch(bytes, 0) * k2);
  const b = fetch(bytes, 8);
  const c = word(fetch(bytes, length - 8) * factor);
  const d = word(fetch(bytes, length - 16) * k2);
  const y = word(rotate(word(a + b), 43n) + rotate(c, 30n) + d);
  const z = ofTwo(y, a + rotate(word(b + k2), 18n) + c, factor);
  const e = word(fetch(bytes, 16) * factor);
  const f = fetch(bytes, 24);
  const g = word((y + fetch(bytes, length - 32)) * factor);
  const h = word((z + fetch(bytes, length - 24)) * factor);
  return ofTwo(rotate(word(e + f), 43n) + rotate(g, 30n) + h, e + rotate(word(f + a), 18n) + g, factor);
}

/** What goes on from 64 bytes to the next. */
interface State {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
  readonly v: Pair;
  readonly w: Pair;
}

function ofMany(bytes: DataView, length: number): bigint {
  const seed = 81n;
  const y = word(seed * k1 + 113n);
  let state: State = {
    x: word(seed * k2 + fetch(bytes, 0)),
    y,
    z: word(mixed(word(y * k2 + 113n)) * k2),
    v: [0n, 0n],
    w: [0n, 0n],
  };
  const end = Math.floor((length - 1) / 64) * 64;
  for (let at = 0; at < end; at += 64) state = step(bytes, at, state, k1, 1n);
  const rest = (length - 1) & 63;
  const factor = word(k1 + ((state.z & 0xffn) << 1n));
  const lead = word(state.w[0] + BigInt(rest));
  const first = word(state.v[0] + lead);
  const last = step(
    bytes,
    end + rest - 63,
    { ...state, v: [first, state.v[1]], w: [word(lead + first), state.w[1]] },
    factor,
    9n,
  );
  return ofTwo(
    ofTwo(last.v[0], last.w[0], factor) + mixed(last.y) * k0 + last.z,
    ofTwo(last.v[1], last.w[1], factor) + last.x,
    factor,
  );
}

function step(bytes: DataView, at: number, state: State, factor: bigint, weight: bigint): State {
  const { v, w } = state;
  const x =
    word(rotate(word(state.x + state.y + v[0] + fetch(bytes, at + 8)), 37n) * factor) ^ word(w[1] * weight);
  const y = word(
    rotate(word(state.y + v[1] + fetch(bytes, at + 48)), 42n) * factor +
      v[0] * weight +
      fetch(bytes, at + 40),
  );
  const z = word(rotate(word(state.z + w[0]), 33n) * factor);
  return {
    x: z,
    y,
    z: x,
    v: ofBlock(bytes, at, v[1] * factor, x + w[0]),
    w: ofBlock(bytes, at + 32, z + w[1], y + fetch(bytes, at + 16)),
  };
}

/** 32 bytes and two seeds. */
function ofBlock(bytes: DataView, at: number, seedA: bigint, seedB: bigint): Pair {
  const a = word(seedA + fetch(bytes, at));
  const z = fetch(bytes, at + 24);
  const b = rotate(word(seedB + a + z), 21n);
  const c = word(a + fetch(bytes, at + 8) + fetch(bytes, at + 16));
  return [word(c + z), word(b + rotate(c, 44n) + a)];
}
