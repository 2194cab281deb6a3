import { EngineError } from "../../../errors.ts";
import { eachMatrix, isWhole, notThere } from "./batches.ts";
import { lengthOf, Matrix } from "./matrix.ts";
import { rotateColumns, rotateRows } from "./rotation.ts";

/** After so many steps without an eigenvalue there are complex ones. */
const mostSteps = 300;

/**
 * The QR algorithm with one real shift, which finds real eigenvalues only: the matrix is turned until it is upper
 * triangular, its vectors follow from the diagonal upward.
 */
export const eig = eachMatrix<"eig">((x) => {
  const n = x.rows;
  if (!isWhole(x)) return notThere(n, n * n);
  const a = x.copy();
  const turns = Matrix.identity(n);
  toHessenberg(a, turns);
  toTriangle(a, turns);
  return [Array.from({ length: n }, (_, i) => a.at(i, i)), vectorsOf(a, turns).data];
});

/** Turns rows and columns `p` and `q`, and notes it. */
function turn(a: Matrix, turns: Matrix, p: number, q: number, cosine: number, sine: number): void {
  const rotation = { cosine, sine };
  rotateRows(a, p, q, rotation);
  rotateColumns(a, p, q, rotation);
  rotateColumns(turns, p, q, rotation);
}

/** Turns until nothing is below the first diagonal under the main one. */
function toHessenberg(a: Matrix, turns: Matrix): void {
  for (let k = 0; k < a.rows - 2; k++) {
    for (let i = a.rows - 1; i > k + 1; i--) {
      const length = Math.hypot(a.at(i - 1, k), a.at(i, k));
      if (a.at(i, k) === 0) continue;
      turn(a, turns, i - 1, i, a.at(i - 1, k) / length, -a.at(i, k) / length);
      a.set(i, k, 0);
    }
  }
}

function toTriangle(a: Matrix, turns: Matrix): void {
  let last = a.rows - 1;
  for (let steps = 0; last > 0; steps++) {
    let first = last;
    while (first > 0 && !isNegligible(a, first)) first--;
    if (first > 0) a.set(first, first - 1, 0);
    if (first === last) {
      last--;
      steps = 0;
    } else if (first === last - 1) {
      splitPair(a, turns, first);
    } else {
      if (steps > mostSteps) throw complexOnes();
      step(a, turns, first, last, shiftOf(a, last, steps));
    }
  }
}

function isNegligible(a: Matrix, i: number): boolean {
  return Math.abs(a.at(i, i - 1)) <= Number.EPSILON * (Math.abs(a.at(i, i)) + Math.abs(a.at(i - 1, i - 1)));
}

/** Half the difference of the eigenvalues of the two by two at `i`, squared: less than 0 where they are complex. */
function discriminant(a: Matrix, i: number): number {
  const half = (a.at(i, i) - a.at(i + 1, i + 1)) / 2;
  const square = half * half + a.at(i, i + 1) * a.at(i + 1, i);
  const size = half * half + Math.abs(a.at(i, i + 1) * a.at(i + 1, i));
  return Math.abs(square) <= 8 * Number.EPSILON * size ? 0 : square;
}

/** Turns a pair so that it is triangular. */
function splitPair(a: Matrix, turns: Matrix, i: number): void {
  const square = discriminant(a, i);
  if (square < 0) throw complexOnes();
  const half = (a.at(i, i) - a.at(i + 1, i + 1)) / 2;
  // The vector of the eigenvalue that is further from the lower element, which is the more exact one.
  const x = half + (half < 0 ? -1 : 1) * Math.sqrt(square);
  const y = a.at(i + 1, i);
  const length = Math.hypot(x, y);
  turn(a, turns, i, i + 1, x / length, -y / length);
  a.set(i + 1, i, 0);
}

/** The eigenvalue of the last pair that is nearer to the last element. */
function shiftOf(a: Matrix, last: number, steps: number): number {
  const low = a.at(last, last);
  if (steps % 11 === 10) return low + Math.abs(a.at(last, last - 1));
  const square = discriminant(a, last - 1);
  const half = (a.at(last - 1, last - 1) - low) / 2;
  return square < 0 ? low + half : low + half - (half < 0 ? -1 : 1) * Math.sqrt(square);
}

/** One step: `a - shift` as Q R, then R Q + shift. */
function step(a: Matrix, turns: Matrix, first: number, last: number, shift: number): void {
  const n = a.rows;
  for (let i = 0; i < n; i++) a.set(i, i, a.at(i, i) - shift);
  const rotations: (readonly [number, number])[] = [];
  for (let i = first; i < last; i++) {
    const [x, y] = [a.at(i, i), a.at(i + 1, i)];
    const length = Math.hypot(x, y);
    const [cosine, sine] = length === 0 ? [1, 0] : [x / length, -y / length];
    rotations.push([cosine, sine]);
    rotateRows(a, i, i + 1, { cosine, sine });
    a.set(i + 1, i, 0);
  }
  for (const [k, [cosine, sine]] of rotations.entries()) {
    rotateColumns(a, first + k, first + k + 1, { cosine, sine });
    rotateColumns(turns, first + k, first + k + 1, { cosine, sine });
  }
  for (let i = 0; i < n; i++) a.set(i, i, a.at(i, i) + shift);
}

/** Vectors of length 1. */
function vectorsOf(a: Matrix, turns: Matrix): Matrix {
  const n = a.rows;
  const vectors = new Matrix(n, n);
  const least = Number.EPSILON * Math.max(lengthOf(a.data), Number.MIN_VALUE);
  for (let k = 0; k < n; k++) {
    const own = new Float64Array(n);
    own[k] = 1;
    for (let i = k - 1; i >= 0; i--) {
      let sum = 0;
      for (let j = i + 1; j <= k; j++) sum += a.at(i, j) * own[j]!;
      const distance = a.at(i, i) - a.at(k, k);
      own[i] = -sum / (Math.abs(distance) < least ? least : distance);
    }
    const whole = Float64Array.from({ length: n }, (_, i) => {
      let sum = 0;
      for (let j = 0; j <= k; j++) sum += turns.at(i, j) * own[j]!;
      return sum;
    });
    const length = lengthOf(whole);
    for (let i = 0; i < n; i++) vectors.set(i, k, whole[i]! / length);
  }
  return vectors;
}

function complexOnes(): EngineError {
  return new EngineError(
    "reference: eig",
    "expected matrices of real eigenvalues, received one that has complex ones, for which there is no dtype.",
  );
}
