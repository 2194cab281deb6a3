import { concatenate } from "../ops/joining.ts";
import { asDType } from "../ops/operands.ts";
import { sliceAxis } from "../ops/slice-axis.ts";
import type { Numeric } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { Tensor } from "../tensor/tensor.ts";
import { thirdWord, threefryRounds, type Words } from "../tensor/threefry-rounds.ts";

const word = (value: number) => asDType(value, "uint32");

const words: Words<Numeric> = {
  add: (a, b) => prim("add", [a, b]),
  xor: (a, b) => prim("xor", [a, b]),
  rotate: (x, bits) =>
    prim("or", [prim("shift_left", [x, word(bits)]), prim("shift_right", [x, word(32 - bits)])]),
  word,
};

/** Two new keys from one, as `jax.random.split`: the threefry hash of the counters 0 and 1. */
export function splitKey(key: Numeric): [Numeric, Numeric] {
  const first = sliceAxis(key, 0, 0, 1);
  const second = sliceAxis(key, 0, 1, 2);
  const third = thirdWord(words, first, second);
  const high = prim("add", [new Tensor("uint32", [2], Uint32Array.of(0, 0)), first]);
  const low = prim("add", [new Tensor("uint32", [2], Uint32Array.of(0, 1)), second]);
  const [a, b] = threefryRounds(words, [first, second, third], high, low);
  return [keyAt(a, b, 0), keyAt(a, b, 1)];
}

function keyAt(a: Numeric, b: Numeric, at: number): Numeric {
  return concatenate([sliceAxis(a, 0, at, at + 1), sliceAxis(b, 0, at, at + 1)], { axis: 0 });
}
