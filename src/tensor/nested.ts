import type { TypedArray } from "./dtype.ts";
import { type Elements, toNumbers } from "./numbers.ts";
import type { StaticShape } from "./shape.ts";

/** One element. */
export type Scalar = number | bigint | boolean | string;

/** An element, or arrays of them nested as deep as the tensor has dimensions; the innermost may be typed arrays. */
export type NestedArray = Scalar | TypedArray | Uint8ClampedArray | readonly NestedArray[];

/** The elements of a tensor: booleans for `bool`, texts for `string`, numbers for all others, bigints for integers beyond 2^53. */
export function scalarsOf(tensor: Elements): ArrayLike<Scalar> {
  const { data, dtype, strings } = tensor;
  if (strings) return Array.from(data as Int32Array, (place) => strings[place]!);
  if (dtype === "bool") return Array.from(data as Uint8Array, (x) => x !== 0);
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Array.from(data, toSafe);
  return toNumbers(tensor);
}

/** The same as arrays nested as deep as there are dimensions. */
export function nestedOf(tensor: Elements & { readonly shape: StaticShape }): NestedArray {
  return nest(scalarsOf(tensor), tensor.shape, 0, 0, tensor.data.length);
}

function toSafe(x: bigint): Scalar {
  const number = Number(x);
  return Number.isSafeInteger(number) ? number : x;
}

/** The part of `items` from `start` with `size` elements, as arrays of the dimensions from `axis` on. */
function nest(
  items: ArrayLike<Scalar>,
  shape: StaticShape,
  axis: number,
  start: number,
  size: number,
): NestedArray {
  const length = shape[axis];
  if (length === undefined) return items[start]!;
  const step = length === 0 ? 0 : size / length;
  return Array.from({ length }, (_, i) => nest(items, shape, axis + 1, start + i * step, step));
}
