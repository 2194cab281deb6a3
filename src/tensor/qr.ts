import { ShapeError } from "../errors.ts";

/** The factors of a matrix with at least as many rows as columns; both row by row. */
export interface QR {
  /** `rows × cols`, its columns orthonormal. */
  readonly q: Float64Array;
  /** `cols × cols`, zero below the diagonal, whose signs are what the algorithm leaves. */
  readonly r: Float64Array;
}

/** Factors a matrix given row by row by Householder reflections. */
export function qr(matrix: ArrayLike<number>, rows: number, cols: number): QR {
  if (rows < cols || matrix.length !== rows * cols) {
    throw new ShapeError(
      "qr",
      `expected ${rows} × ${cols} elements and no more columns than rows, received ${matrix.length} elements.`,
    );
  }
  // Columns are kept as contiguous arrays, since all work goes along them.
  const columns = Array.from({ length: cols }, (_, j) =>
    Float64Array.from({ length: rows }, (_, i) => matrix[i * cols + j]!),
  );
  const r = new Float64Array(cols * cols);
  const reflections: Reflection[] = [];
  for (let k = 0; k < cols; k++) {
    const reflection = reflectionOf(columns[k]!, k);
    reflections.push(reflection);
    for (let j = k + 1; j < cols; j++) reflect(columns[j]!, reflection, k);
    for (let i = 0; i < k; i++) r[i * cols + k] = columns[k]![i]!;
    r[k * cols + k] = reflection.diagonal;
  }
  const q = new Float64Array(rows * cols);
  for (let j = 0; j < cols; j++) {
    const column = new Float64Array(rows);
    column[j] = 1;
    for (let k = j; k >= 0; k--) reflect(column, reflections[k]!, k);
    for (let i = 0; i < rows; i++) q[i * cols + j] = column[i]!;
  }
  return { q, r };
}

/** The mapping `x - scale (v·x) v`. */
interface Reflection {
  readonly v: Float64Array;
  readonly scale: number;
  /** What it makes of the diagonal element of the column it was made for. */
  readonly diagonal: number;
}

/** The reflection that turns a column's elements below `start` to zero. */
function reflectionOf(column: Float64Array, start: number): Reflection {
  const norm = Math.sqrt(dot(column, column, start));
  const first = column[start]!;
  const diagonal = first > 0 ? -norm : norm;
  const v = new Float64Array(column);
  v[start] = first - diagonal;
  const square = dot(v, v, start);
  return { v, scale: square === 0 ? 0 : 2 / square, diagonal };
}

function reflect(column: Float64Array, { v, scale }: Reflection, start: number): void {
  const factor = scale * dot(column, v, start);
  for (let i = start; i < column.length; i++) column[i] = column[i]! - factor * v[i]!;
}

/** The inner product from `start` on; four sums at a time keep the processor busy. */
function dot(a: Float64Array, b: Float64Array, start: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let i = start;
  for (; i + 3 < a.length; i += 4) {
    s0 += a[i]! * b[i]!;
    s1 += a[i + 1]! * b[i + 1]!;
    s2 += a[i + 2]! * b[i + 2]!;
    s3 += a[i + 3]! * b[i + 3]!;
  }
  for (; i < a.length; i++) s0 += a[i]! * b[i]!;
  return s0 + s1 + (s2 + s3);
}
