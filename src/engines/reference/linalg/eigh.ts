import { eachMatrix, isWhole, notThere } from "./batches.ts";
import { lengthOf, Matrix } from "./matrix.ts";
import { mostSweeps, rotateColumns, rotateRows, rotationOf } from "./rotation.ts";

/** Jacobi's method: planes are turned until nothing is left beside the diagonal. What is not symmetric is made so. */
export const eigh = eachMatrix<"eigh">((x) => {
  const n = x.rows;
  if (!isWhole(x)) return notThere(n, n * n);
  const a = new Matrix(n, n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) a.set(i, j, (x.at(i, j) + x.at(j, i)) / 2);
  const vectors = Matrix.identity(n);
  const negligible = Number.EPSILON * 0.5 * lengthOf(a.data);
  for (let sweep = 0, isDone = false; !isDone && sweep < mostSweeps; sweep++) {
    isDone = true;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a.at(p, q)) <= negligible) continue;
        isDone = false;
        const rotation = rotationOf(a.at(p, p), a.at(q, q), a.at(p, q));
        rotateColumns(a, p, q, rotation);
        rotateRows(a, p, q, rotation);
        rotateColumns(vectors, p, q, rotation);
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a.at(i, i) - a.at(j, j));
  return [order.map((i) => a.at(i, i)), vectors.columnsAt(order).data];
});
