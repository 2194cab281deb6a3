import { concatenate } from "../ops/joining.ts";
import { asDType } from "../ops/operands.ts";
import { sliceAxis } from "../ops/reshaping.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Tensor } from "../tensor/tensor.ts";

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Two new keys from one, as `jax.random.split`: the threefry hash of the counters 0 and 1. */
export function splitKey(key: Numeric): [Numeric, Numeric] {
  const first = sliceAxis(key, 0, 0, 1);
  const second = sliceAxis(key, 0, 1, 2);
  const third = prim("xor", [prim("xor", [first, second]), word(0x1bd11bda)]);
  const keys = [first, second, third] as const;
  let a = prim("add", [new Tensor("uint32", [2], Uint32Array.of(0, 0)), first]);
  let b = prim("add", [new Tensor("uint32", [2], Uint32Array.of(0, 1)), second]);
  for (let round = 0; round < 5; round++) {
    for (const bits of rotations[round % 2]!) {
      a = prim("add", [a, b]);
      b = prim("xor", [a, rotate(b, bits)]);
    }
    a = prim("add", [a, keys[(round + 1) % 3]!]);
    b = prim("add", [b, prim("add", [keys[(round + 2) % 3]!, word(round + 1)])]);
  }
  return [keyAt(a, b, 0), keyAt(a, b, 1)];
}

function keyAt(a: Numeric, b: Numeric, at: number): Numeric {
  return concatenate([sliceAxis(a, 0, at, at + 1), sliceAxis(b, 0, at, at + 1)], { axis: 0 });
}

function rotate(x: Numeric, bits: number): Numeric {
  return prim("or", [prim("shift_left", [x, word(bits)]), prim("shift_right", [x, word(32 - bits)])]);
}

function word(value: number): Numeric {
  return asDType(value, "uint32");
}
