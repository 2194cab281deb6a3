import { ConfigError } from "../errors.ts";

/** A raw key of the threefry2x32 generator: two unsigned 32-bit integers. */
export type Key = readonly [number, number];

/**
 * The key Keras makes of an integer seed on its JAX backend: `[seed, 0]`, used as it is.
 * (`jax.random.PRNGKey(seed)` is another one: `[0, seed]`.)
 */
export function threefryKey(seed: number): Key {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
    throw new ConfigError("seed", `expected an integer from 0 to 4294967295, received ${seed}.`);
  }
  return [seed, 0];
}

/** `count` new keys from one, as `jax.random.split`. */
export function split(key: Key, count = 2): Key[] {
  const first = new Uint32Array(count);
  const second = new Uint32Array(count);
  hashCounters(key, 0, first, second);
  return Array.from(first, (word, i) => [word, second[i]!]);
}

/** A new key from a key and a 32-bit integer, as `jax.random.fold_in`. */
export function foldIn(key: Key, data: number): Key {
  const first = new Uint32Array(1);
  const second = new Uint32Array(1);
  hashCounters(key, data, first, second);
  return [first[0]!, second[0]!];
}

/**
 * `count` random 32-bit integers from the place `start` on, as `jax.random.bits` with `jax_threefry_partitionable` on,
 * JAX's default since 0.5: each depends on the key and its place alone, not on how many are drawn.
 */
export function randomBits(key: Key, count: number, start = 0): Uint32Array {
  const bits = new Uint32Array(count);
  hashCounters(key, start, bits);
  return bits;
}

/**
 * The threefry2x32 hash, 20 rounds, of the 64-bit counters `start + i`, high word 0. Its two words go to `first[i]` and
 * `second[i]`; without `second` their exclusive or goes to `first[i]`.
 */
function hashCounters(key: Key, start: number, first: Uint32Array, second?: Uint32Array): void {
  const k0 = key[0] | 0;
  const k1 = key[1] | 0;
  const k2 = k0 ^ k1 ^ 0x1bd11bda;
  for (let i = 0; i < first.length; i++) {
    let a = k0;
    let b = (start + i + k1) | 0;
    a = (a + b) | 0;
    b = a ^ ((b << 13) | (b >>> 19));
    a = (a + b) | 0;
    b = a ^ ((b << 15) | (b >>> 17));
    a = (a + b) | 0;
    b = a ^ ((b << 26) | (b >>> 6));
    a = (a + b) | 0;
    b = a ^ ((b << 6) | (b >>> 26));
    a = (a + k1) | 0;
    b = (b + k2 + 1) | 0;
    a = (a + b) | 0;
    b = a ^ ((b << 17) | (b >>> 15));
    a = (a + b) | 0;
    b = a ^ ((b << 29) | (b >>> 3));
    a = (a + b) | 0;
    b = a ^ ((b << 16) | (b >>> 16));
    a = (a + b) | 0;
    b = a ^ ((b << 24) | (b >>> 8));
    a = (a + k2) | 0;
    b = (b + k0 + 2) | 0;
    a = (a + b) | 0;
    b = a ^ ((b << 13) | (b >>> 19));
    a = (a + b) | 0;
    b = a ^ ((b << 15) | (b >>> 17));
    a = (a + b) | 0;
    b = a ^ ((b << 26) | (b >>> 6));
    a = (a + b) | 0;
    b = a ^ ((b << 6) | (b >>> 26));
    a = (a + k0) | 0;
    b = (b + k1 + 3) | 0;
    a = (a + b) | 0;
    b = a ^ ((b << 17) | (b >>> 15));
    a = (a + b) | 0;
    b = a ^ ((b << 29) | (b >>> 3));
    a = (a + b) | 0;
    b = a ^ ((b << 16) | (b >>> 16));
    a = (a + b) | 0;
    b = a ^ ((b << 24) | (b >>> 8));
    a = (a + k1) | 0;
    b = (b + k2 + 4) | 0;
    a = (a + b) | 0;
    b = a ^ ((b << 13) | (b >>> 19));
    a = (a + b) | 0;
    b = a ^ ((b << 15) | (b >>> 17));
    a = (a + b) | 0;
    b = a ^ ((b << 26) | (b >>> 6));
    a = (a + b) | 0;
    b = a ^ ((b << 6) | (b >>> 26));
    a = (a + k2) | 0;
    b = (b + k0 + 5) | 0;
    if (second) {
      first[i] = a;
      second[i] = b;
    } else {
      first[i] = a ^ b;
    }
  }
}
