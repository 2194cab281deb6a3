import { isStatic, sizeOf } from "../../../tensor/shape.ts";
import { Tensor } from "../../../tensor/tensor.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

const rotations = [
  [13, 15, 26, 6],
  [17, 29, 16, 24],
] as const;

/** Threefry2x32 of the counters 0, 1, 2, …; a result is the exclusive or of the two words. */
const randomBits: Lowering<"random_bits"> = (scope, { inputs: [key, ...sizes], outputs, attributes }) => {
  const known = outputs[0]!.shape;
  const shape = scope.shape(attributes.shape, sizes, known);
  const add = (a: string, b: string) => scope.node("Add", [a, b]);
  const xor = (a: string, b: string) => scope.node("BitwiseXor", [a, b]);
  const [k0, k1] = scope.split("Split", [scope.name(key!)], 2, { axis: 0, num_outputs: 2 }) as [
    string,
    string,
  ];
  const k2 = xor(xor(k0, k1), scope.scalar("uint32", 0x1bd11bda));
  const keys = [k0, k1, k2];
  const counters = isStatic(known) ? count(scope, sizeOf(known)) : openCount(scope, shape);
  let b = add(counters, k1);
  let a = add(scope.node("Mul", [counters, scope.scalar("uint32", 0)]), k0);
  for (let round = 0; round < 5; round++) {
    for (const bits of rotations[round % 2]!) {
      a = add(a, b);
      b = xor(a, rotate(scope, b, bits));
    }
    a = add(a, keys[(round + 1) % 3]!);
    b = add(b, add(keys[(round + 2) % 3]!, scope.scalar("uint32", round + 1)));
  }
  return [scope.node("Reshape", [xor(a, b), shape], { allowzero: 1 })];
};

function rotate(scope: Scope, x: string, bits: number): string {
  const shift = (direction: string, count: number) =>
    scope.node("BitShift", [x, scope.scalar("uint32", count)], { direction });
  return scope.node("BitwiseOr", [shift("LEFT", bits), shift("RIGHT", 32 - bits)]);
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
