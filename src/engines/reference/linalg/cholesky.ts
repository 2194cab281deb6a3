import { eachMatrix } from "./batches.ts";

/** Row by row, in float64. What is not symmetric is made so, as in JAX. */
export const cholesky = eachMatrix<"cholesky">((x) => [factorOf(x.data, x.rows)]);

/** The factor of one matrix; NaN everywhere below the diagonal and on it where a pivot is not positive, as in JAX. */
function factorOf(matrix: Float64Array, n: number): Float64Array {
  const factor = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = (matrix[i * n + j]! + matrix[j * n + i]!) / 2;
      for (let k = 0; k < j; k++) sum -= factor[i * n + k]! * factor[j * n + k]!;
      if (i > j) factor[i * n + j] = sum / factor[j * n + j]!;
      else if (sum > 0) factor[i * n + i] = Math.sqrt(sum);
      else return notThere(n);
    }
  }
  return factor;
}

function notThere(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, i) => (i % n <= Math.floor(i / n) ? Number.NaN : 0));
}
