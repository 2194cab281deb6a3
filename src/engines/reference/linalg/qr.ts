import { eachMatrix } from "./batches.ts";
import { lengthOf, Matrix } from "./matrix.ts";

/** Q and R of a matrix, with the signs that LAPACK's reflections give; `columns` of Q are given. */
export function qrOf(x: Matrix, columns: number): [q: Matrix, r: Matrix] {
  const a = x.copy();
  const [m, n] = [a.rows, a.columns];
  const reflections: Reflection[] = [];
  for (let k = 0; k < Math.min(m, n); k++) {
    const reflection = reflectionOf(a, k);
    reflections.push(reflection);
    reflect(a, reflection, k);
  }
  const q = new Matrix(m, columns);
  for (let i = 0; i < columns; i++) q.set(i, i, 1);
  for (const reflection of reflections.reverse()) reflect(q, reflection, 0);
  const r = new Matrix(columns, n);
  for (let i = 0; i < columns; i++) for (let j = i; j < n; j++) r.set(i, j, a.at(i, j));
  return [q, r];
}

/** `I - factor v vᵀ`, where `v` begins at row `start`. */
interface Reflection {
  readonly start: number;
  readonly vector: Float64Array;
  readonly factor: number;
}

/** The reflection that leaves of a column nothing below the diagonal. */
function reflectionOf(a: Matrix, k: number): Reflection {
  const vector = Float64Array.from({ length: a.rows - k }, (_, i) => a.at(k + i, k));
  const head = vector[0]!;
  const tail = lengthOf(vector.subarray(1));
  vector[0] = 1;
  if (tail === 0) return { start: k, vector: vector.fill(0, 1), factor: 0 };
  const length = -Math.sign(head || 1) * Math.hypot(head, tail);
  for (let i = 1; i < vector.length; i++) vector[i]! /= head - length;
  return { start: k, vector, factor: (length - head) / length };
}

function reflect(a: Matrix, { start, vector, factor }: Reflection, from: number): void {
  if (factor === 0) return;
  for (let j = from; j < a.columns; j++) {
    let sum = 0;
    for (let i = 0; i < vector.length; i++) sum += vector[i]! * a.at(start + i, j);
    for (let i = 0; i < vector.length; i++)
      a.set(start + i, j, a.at(start + i, j) - factor * sum * vector[i]!);
  }
}

export const qr = eachMatrix<"qr">((x, { complete }) => {
  const [q, r] = qrOf(x, complete ? x.rows : Math.min(x.rows, x.columns));
  return [q.data, r.data];
});
