import { fusedPolynomial, log1p } from "./logarithm.ts";

const { abs, fround, sqrt } = Math;

/**
 * The inverse of the error function in float32, bit for bit as XLA computes it on a CPU: Giles' polynomials in
 * `-log(1 - x²)`.
 */
export function erfinv(x: number): number {
  if (!(abs(x) <= 1)) return Number.NaN;
  const w = -log1p(fround(x * -x));
  if (w < 5) return fround(fusedPolynomial(fround(w - 2.5), erfinvCentre) * x);
  if (w === Number.POSITIVE_INFINITY) return x * w;
  return fround(fusedPolynomial(fround(fround(sqrt(w)) - 3), erfinvTails) * x);
}

/** Giles' coefficients of the middle and of the tails, that of the highest power first. */
export const centre: readonly number[] = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 2.1858087e-4, -1.25372503e-3, -4.17768164e-3,
  2.46640727e-1, 1.50140941,
];
export const tails: readonly number[] = [
  -2.00214257e-4, 1.00950558e-4, 1.34934322e-3, -3.67342844e-3, 5.73950773e-3, -7.6224613e-3, 9.43887047e-3,
  1.00167406, 2.83297682,
];
const erfinvCentre = Float32Array.from(centre);
const erfinvTails = Float32Array.from(tails);
