import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { type Elements, toNumbers } from "./numbers.ts";
import { type StaticShape, sizeOf } from "./shape.ts";

/** One of the best of a row. */
export interface Best {
  /** Its place in the row. */
  readonly index: number;
  readonly value: number;
  /** The label of that place; the index as a text where no labels are given. */
  readonly label: string;
}

type Numbers = Elements & { readonly shape: StaticShape };

/** The place of the first of the largest elements along an axis, of each row that lies along it; NaN is the largest. */
export function placesOfBest(tensor: Numbers, axis: number): Int32Array {
  const { shape, data } = tensor;
  const isWide = data instanceof BigInt64Array || data instanceof BigUint64Array;
  const values = isWide ? data : toNumbers(tensor);
  const length = shape[axis]!;
  const inner = sizeOf(shape.slice(axis + 1));
  const places = new Int32Array(sizeOf(shape.slice(0, axis)) * inner);
  for (let row = 0; row < places.length; row++) {
    const start = Math.floor(row / inner) * length * inner + (row % inner);
    let best = 0;
    for (let i = 1; i < length; i++) {
      if (isBetter(values[start + i * inner]!, values[start + best * inner]!)) best = i;
    }
    places[row] = best;
  }
  return places;
}

/** The `k` largest of each row along the last axis, the largest first; of equal ones the first first. */
export function bestOfRows(tensor: Numbers, k: number, labels?: readonly string[]): Best[][] {
  const { shape } = tensor;
  const length = shape.at(-1);
  if (length === undefined)
    throw new ShapeError("topK", "expected a tensor with an axis, received a scalar.");
  if (!Number.isSafeInteger(k) || k < 1 || k > length) {
    throw new ShapeError("topK", `expected k from 1 to ${length}, received ${inspect(k)}.`);
  }
  if (labels !== undefined && (!Array.isArray(labels) || labels.length !== length)) {
    const received = Array.isArray(labels) ? `${labels.length}` : inspect(labels);
    throw new ShapeError(
      "topK",
      `expected ${length} labels, one for each place of a row, received ${received}.`,
    );
  }
  const numbers = toNumbers(tensor);
  return Array.from({ length: sizeOf(shape.slice(0, -1)) }, (_, row) => {
    const values = numbers.subarray(row * length, (row + 1) * length);
    const order = Array.from(values, (_value, i) => i).sort((a, b) => descending(values[a]!, values[b]!));
    return order.slice(0, k).map((index) => ({
      index,
      value: values[index]!,
      label: labels?.[index] ?? String(index),
    }));
  });
}

function descending(a: number, b: number): number {
  return isBetter(a, b) ? -1 : isBetter(b, a) ? 1 : 0;
}

function isBetter<T extends number | bigint>(a: T, b: T): boolean {
  return a > b || (Number.isNaN(a) && !Number.isNaN(b));
}
