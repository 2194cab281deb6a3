import { isStatic, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import { thirdWord, threefryRounds, type Words } from "../../../tensor/threefry-rounds.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

/** Threefry2x32 of the counters 0, 1, 2, …; a result is the exclusive or of the two words. */
const randomBits: Lowering<"random_bits"> = (scope, { inputs: [key, ...sizes], outputs, attributes }) => {
  const known = outputs[0]!.shape;
  const shape = scope.shape(attributes.shape, sizes, known);
  const words = wordsOf(scope);
  const [k0, k1] = scope.split("Split", [scope.name(key!)], 2, { axis: 0, num_outputs: 2 }) as [
    string,
    string,
  ];
  const k2 = thirdWord(words, k0, k1);
  const counters = isStatic(known) ? count(scope, sizeOf(known)) : openCount(scope, shape);
  const low = words.add(counters, k1);
  const high = words.add(scope.node("Mul", [counters, words.word(0)]), k0);
  const [a, b] = threefryRounds(words, [k0, k1, k2], high, low);
  return [scope.node("Reshape", [words.xor(a, b), shape], { allowzero: 1 })];
};

function wordsOf(scope: Scope): Words<string> {
  const word = (value: number) => scope.scalar("uint32", value);
  const shift = (x: string, direction: string, count: number) =>
    scope.node("BitShift", [x, word(count)], { direction });
  return {
    add: (a, b) => scope.node("Add", [a, b]),
    xor: (a, b) => scope.node("BitwiseXor", [a, b]),
    rotate: (x, bits) => scope.node("BitwiseOr", [shift(x, "LEFT", bits), shift(x, "RIGHT", 32 - bits)]),
    word,
  };
}

function count(scope: Scope, size: number): string {
  return scope.constant(
    new Tensor(
      "uint32",
      [size],
      Uint32Array.from({ length: size }, (_, i) => i),
    ),
  );
}

function openCount(scope: Scope, shape: string): string {
  const size = scope.node("ReduceProd", [shape], { keepdims: 0 });
  const range = scope.node("Range", [scope.scalar("int64", 0), size, scope.scalar("int64", 1)]);
  return scope.cast(range, "int64", "uint32");
}

export const randomLowerings = { random_bits: randomBits };
