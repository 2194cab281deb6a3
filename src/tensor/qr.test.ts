import { describe, expect, it } from "vitest";
import { qr } from "./qr.ts";
import { normal, threefryKey } from "./random.ts";

/** The largest element of `a - b`. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  expect(a.length).toBe(b.length);
  return Array.from(a, (x, i) => Math.abs(x - b[i]!)).reduce((most, x) => Math.max(most, x), 0);
}

function product(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rows: number,
  inner: number,
  cols: number,
): number[] {
  return Array.from({ length: rows * cols }, (_, at) => {
    const [i, j] = [Math.floor(at / cols), at % cols];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += a[i * inner + k]! * b[k * cols + j]!;
    return sum;
  });
}

function transpose(a: ArrayLike<number>, rows: number, cols: number): number[] {
  return Array.from({ length: rows * cols }, (_, at) => a[(at % rows) * cols + Math.floor(at / rows)]!);
}

describe("qr", () => {
  it.each([
    [1, 1],
    [2, 2],
    [5, 3],
    [7, 1],
    [40, 40],
    [90, 31],
  ])("factors a random %i × %i matrix", (rows, cols) => {
    const matrix = normal(threefryKey(rows), [rows, cols]).data as Float32Array;
    const { q, r } = qr(matrix, rows, cols);
    const identity = Array.from({ length: cols * cols }, (_, i) => (i % (cols + 1) === 0 ? 1 : 0));
    expect(distance(product(transpose(q, rows, cols), q, cols, rows, cols), identity)).toBeLessThan(1e-13);
    expect(distance(product(q, r, rows, cols, cols), matrix)).toBeLessThan(1e-13);
    for (let i = 1; i < cols; i++) for (let j = 0; j < i; j++) expect(r[i * cols + j]).toBe(0);
  });

  it("keeps the columns orthonormal where the matrix is singular", () => {
    const { q, r } = qr([1, 1, 0, 1, 1, 0, 1, 1, 0], 3, 3);
    const identity = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    expect(distance(product(transpose(q, 3, 3), q, 3, 3, 3), identity)).toBeLessThan(1e-14);
    expect(distance(product(q, r, 3, 3, 3), [1, 1, 0, 1, 1, 0, 1, 1, 0])).toBeLessThan(1e-14);
  });

  it("refuses wide matrices and a wrong number of elements", () => {
    expect(() => qr([1, 2, 3, 4, 5, 6], 2, 3)).toThrow(
      "qr: expected 2 × 3 elements and no more columns than rows, received 6 elements.",
    );
    expect(() => qr([1, 2, 3], 2, 2)).toThrow(
      "qr: expected 2 × 2 elements and no more columns than rows, received 3 elements.",
    );
  });
});
