import { fromNumbers, toNumbers } from "../../tensor/create.ts";
import { sizeOf } from "../../tensor/shape.ts";
import type { Tensor } from "../../tensor/tensor.ts";

/** One of the places along an axis, which is gone then; its numbers multiplied. */
export function partOf(tensor: Tensor, axis: number, at: number, by = 1): Tensor {
  const { shape, dtype } = tensor;
  const inner = sizeOf(shape.slice(axis + 1));
  const width = shape[axis]! * inner;
  const numbers = toNumbers(tensor);
  const found = new Float64Array(sizeOf(shape.slice(0, axis)) * inner);
  for (let i = 0; i < found.length; i++)
    found[i] = numbers[Math.floor(i / inner) * width + at * inner + (i % inner)]! * by;
  return fromNumbers(dtype, [...shape.slice(0, axis), ...shape.slice(axis + 1)], found);
}
