import { eachMatrix } from "./batches.ts";
import type { Matrix } from "./matrix.ts";

/** LU with the largest element of each column as pivot, in place; which row each was swapped with. */
export function factorize(a: Matrix): Int32Array {
  const count = Math.min(a.rows, a.columns);
  const pivots = new Int32Array(count);
  for (let k = 0; k < count; k++) {
    let pivot = k;
    for (let i = k + 1; i < a.rows; i++) if (Math.abs(a.at(i, k)) > Math.abs(a.at(pivot, k))) pivot = i;
    pivots[k] = pivot;
    swapRows(a, k, pivot);
    const divisor = a.at(k, k);
    if (divisor === 0) continue;
    for (let i = k + 1; i < a.rows; i++) {
      const factor = a.at(i, k) / divisor;
      a.set(i, k, factor);
      for (let j = k + 1; j < a.columns; j++) a.set(i, j, a.at(i, j) - factor * a.at(k, j));
    }
  }
  return pivots;
}

export function swapRows(a: Matrix, i: number, j: number): void {
  if (i === j) return;
  for (let k = 0; k < a.columns; k++) {
    const value = a.at(i, k);
    a.set(i, k, a.at(j, k));
    a.set(j, k, value);
  }
}

export const lu = eachMatrix<"lu">((a) => {
  const pivots = factorize(a);
  return [a.data, pivots];
});
