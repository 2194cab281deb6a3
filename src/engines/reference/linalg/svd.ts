import { eachMatrix, type Factors, isWhole, notThere } from "./batches.ts";
import { lengthOf, Matrix } from "./matrix.ts";
import { qrOf } from "./qr.ts";
import { mostSweeps, rotateColumns, rotationOf } from "./rotation.ts";

export const svd = eachMatrix<"svd">((x, { full }): Factors => {
  const [m, n] = [x.rows, x.columns];
  const count = Math.min(m, n);
  if (!isWhole(x)) return notThere(m * (full ? m : count), count, (full ? n : count) * n);
  if (m < n) {
    const [left, values, right] = decomposed(x.transposed(), full);
    return [right.data, values, left.transposed().data];
  }
  const [left, values, right] = decomposed(x, full);
  return [left.data, values, right.transposed().data];
});

/**
 * Jacobi's method for a matrix that is not wider than high: its columns are turned in pairs until all are orthogonal.
 * Their lengths are the singular values, the turns are the right vectors.
 */
function decomposed(x: Matrix, full: boolean): [left: Matrix, values: number[], right: Matrix] {
  const n = x.columns;
  const a = x.copy();
  const turns = Matrix.identity(n);
  for (let sweep = 0, isDone = false; !isDone && sweep < mostSweeps; sweep++) {
    isDone = true;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        const [first, second, both] = products(a, p, q);
        if (Math.abs(both) <= Number.EPSILON * Math.sqrt(first * second)) continue;
        isDone = false;
        const rotation = rotationOf(first, second, both);
        rotateColumns(a, p, q, rotation);
        rotateColumns(turns, p, q, rotation);
      }
    }
  }
  const lengths = Array.from({ length: n }, (_, j) => lengthOf(a.columnsAt([j]).data));
  const order = lengths.map((_, j) => j).sort((i, j) => lengths[j]! - lengths[i]!);
  const values = order.map((j) => lengths[j]!);
  return [leftOf(a.columnsAt(order), values, full ? x.rows : n), values, turns.columnsAt(order)];
}

/** The columns divided by their lengths; where they have none, and for those to come, what is orthogonal to all. */
function leftOf(a: Matrix, lengths: readonly number[], columns: number): Matrix {
  const rank = lengths.filter((length) => length > 0).length;
  const known = a.columnsAt(Array.from({ length: rank }, (_, j) => j));
  for (let i = 0; i < a.rows; i++)
    for (let j = 0; j < rank; j++) known.set(i, j, known.at(i, j) / lengths[j]!);
  if (rank === columns) return known;
  const [left] = qrOf(known, columns);
  for (let i = 0; i < a.rows; i++) for (let j = 0; j < rank; j++) left.set(i, j, known.at(i, j));
  return left;
}

/** The products of two columns with themselves and with each other. */
function products(a: Matrix, p: number, q: number): [first: number, second: number, both: number] {
  let [first, second, both] = [0, 0, 0];
  for (let i = 0; i < a.rows; i++) {
    const [x, y] = [a.at(i, p), a.at(i, q)];
    first += x * x;
    second += y * y;
    both += x * y;
  }
  return [first, second, both];
}
