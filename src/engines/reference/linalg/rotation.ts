import type { Matrix } from "./matrix.ts";

/** After so many sweeps what is left is taken as it is; a few are enough. */
export const mostSweeps = 60;

/** A rotation of two columns by an angle. */
interface Rotation {
  readonly cosine: number;
  readonly sine: number;
}

/** The rotation after which the symmetric matrix of `p`, `q` and `beside` has nothing beside its diagonal. */
export function rotationOf(p: number, q: number, beside: number): Rotation {
  const slope = (q - p) / (2 * beside);
  const tangent = (slope < 0 ? -1 : 1) / (Math.abs(slope) + Math.hypot(slope, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  return { cosine, sine: tangent * cosine };
}

export function rotateColumns(a: Matrix, p: number, q: number, { cosine, sine }: Rotation): void {
  for (let i = 0; i < a.rows; i++) {
    const [first, second] = [a.at(i, p), a.at(i, q)];
    a.set(i, p, cosine * first - sine * second);
    a.set(i, q, sine * first + cosine * second);
  }
}

export function rotateRows(a: Matrix, p: number, q: number, { cosine, sine }: Rotation): void {
  for (let j = 0; j < a.columns; j++) {
    const [first, second] = [a.at(p, j), a.at(q, j)];
    a.set(p, j, cosine * first - sine * second);
    a.set(q, j, sine * first + cosine * second);
  }
}
