import type { TypedArray } from "../../tensor/dtype.ts";
import { allocate, alongAxis, bigints, isBigint, type Kernel, numbers, result } from "./kernel.ts";

type Order = (a: number, b: number) => number;

/** Compares elements by their places; NaN is greater than all numbers. */
function byValue(data: TypedArray): Order {
  return (i, j) => {
    const a = data[i]!;
    const b = data[j]!;
    if (a < b) return -1;
    if (a > b) return 1;
    return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  };
}

/** The places of the elements along each line of an axis, in order; `visit` gets them line by line. */
function forEachOrderedLine(
  shape: readonly number[],
  axis: number,
  order: Order,
  visit: (places: Uint32Array, start: number, step: number) => void,
): void {
  const { outer, length, inner } = alongAxis(shape, axis);
  const places = new Uint32Array(length);
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const start = o * length * inner + i;
      for (let k = 0; k < length; k++) places[k] = start + k * inner;
      places.sort(order);
      visit(places, start, inner);
    }
  }
}

const sort: Kernel<"sort"> = ([x], { axis }, [spec]) => {
  const out = allocate(x!.dtype, x!.shape);
  forEachOrderedLine(x!.shape, axis, byValue(x!.data), (places, start, step) => {
    for (let k = 0; k < places.length; k++) out[start + k * step] = x!.data[places[k]!]!;
  });
  return [result(spec!, out)];
};

const argsort: Kernel<"argsort"> = ([x], { axis }, [spec]) => {
  const out = new Int32Array(x!.size);
  forEachOrderedLine(x!.shape, axis, byValue(x!.data), (places, start, step) => {
    for (let k = 0; k < places.length; k++) out[start + k * step] = (places[k]! - start) / step;
  });
  return [result(spec!, out)];
};

const topK: Kernel<"top_k"> = ([x], { k }, [valueSpec, indexSpec]) => {
  const ascending = byValue(x!.data);
  const axis = x!.shape.length - 1;
  const lines = x!.shape[axis] === 0 ? 0 : x!.size / x!.shape[axis]!;
  const values = allocate(x!.dtype, [lines * k]);
  const indices = new Int32Array(lines * k);
  let at = 0;
  forEachOrderedLine(
    x!.shape,
    axis,
    (i, j) => ascending(j, i),
    (places, start) => {
      for (let n = 0; n < k; n++, at++) {
        values[at] = x!.data[places[n]!]!;
        indices[at] = places[n]! - start;
      }
    },
  );
  return [result(valueSpec!, values), result(indexSpec!, indices)];
};

const cumsum: Kernel<"cumsum"> = ([x], { axis, reverse, exclusive }, [spec]) => {
  const { outer, length, inner } = alongAxis(x!.shape, axis);
  const out = allocate(x!.dtype, x!.shape);
  const step = reverse ? -inner : inner;
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let at = o * length * inner + i + (reverse ? (length - 1) * inner : 0);
      if (isBigint(x!.dtype)) {
        const from = bigints(x!.data);
        for (let k = 0, sum = 0n; k < length; k++, at += step) {
          if (exclusive) out[at] = sum;
          sum += from[at]!;
          if (!exclusive) out[at] = sum;
        }
      } else {
        const from = numbers(x!.data);
        for (let k = 0, sum = 0; k < length; k++, at += step) {
          if (exclusive) out[at] = sum;
          sum += from[at]!;
          if (!exclusive) out[at] = sum;
        }
      }
    }
  }
  return [result(spec!, out)];
};

/** Kernels that only move elements by comparing them. */
export const orderKernels = { sort, argsort, top_k: topK, cumsum };
