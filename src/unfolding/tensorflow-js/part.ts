import { fromNumbers, toNumbers } from "../../tensor/create.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** One of the places along an axis, which is gone then; its numbers multiplied. */
export function partOf(tensor: Tensor, axis: number, at: number, by = 1): Tensor {
  const { shape, dtype } = tensor;
  const inner = sizeOf(shape.slice(axis + 1));
  const width = shape[axis]! * inner;
  const numbers = [...toNumbers(tensor)];
  const found = numbers.filter((_, i) => Math.floor((i % width) / inner) === at).map((x) => x * by);
  return fromNumbers(dtype, [...shape.slice(0, axis), ...shape.slice(axis + 1)], found);
}
