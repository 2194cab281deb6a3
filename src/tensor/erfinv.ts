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

const erfinvCentre = Float32Array.of(
  2.81022636e-8,
  3.43273939e-7,
  -3.5233877e-6,
  -4.39150654e-6,
  2.1858087e-4,
  -1.25372503e-3,
  -4.17768164e-3,
  2.46640727e-1,
  1.50140941,
);
const erfinvTails = Float32Array.of(
  -2.00214257e-4,
  1.00950558e-4,
  1.34934322e-3,
  -3.67342844e-3,
  5.73950773e-3,
  -7.6224613e-3,
  9.43887047e-3,
  1.00167406,
  2.83297682,
);
const log1pTop = Float32Array.of(
  4.52700008624452e-5,
  4.9854102823193375e-1,
  6.5787325942061043,
  29.911919328553072,
  60.94966798098778,
  57.11296359058554,
  20.039553499201283,
);
const log1pBottom = Float32Array.of(
  1,
  15.062909083469192,
  83.04756596796722,
  221.76239823732857,
  309.09872225312057,
  216.42788614495947,
  60.118660497603841,
);
const logHigh = Float32Array.of(7.037683629e-2, -1.151461031e-1, 1.167699874e-1);
const logMiddle = Float32Array.of(-1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1);
const logLow = Float32Array.of(2.0000714765e-1, -2.4999993993e-1, 3.3333331174e-1);
const smallArgument = fround(Math.SQRT2 - 1);
const sqrtHalf = fround(Math.SQRT1_2);
const log2Low = fround(-2.1219444e-4);
const log2High = 0.693359375;

/** `a * b + c` in float32, rounded once: a product of two float32 is exact in a double. */
function fused(a: number, b: number, c: number): number {
  return fround(a * b + c);
}

/** A polynomial in float32 with a fused multiply-add for each coefficient, highest first. */
function fusedPolynomial(x: number, coefficients: Float32Array): number {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = fround(sum * x + coefficients[i]!);
  return sum;
}

/** XLA's float32 `log(1 + x)` on a CPU, for `-1 <= x <= 0`. */
function log1p(x: number): number {
  if (x <= -smallArgument) return log(fround(1 + x));
  const square = fround(x * x);
  const ratio = fround(fusedPolynomial(x, log1pTop) / fusedPolynomial(x, log1pBottom));
  return fround(x + fused(-0.5, square, fround(fround(x * square) * ratio)));
}

const float32 = new Float32Array(1);
const float32Bits = new Int32Array(float32.buffer);

/** XLA's float32 logarithm on a CPU, for `0 <= x <= 1`. */
function log(x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY;
  float32[0] = x;
  let exponent = (float32Bits[0]! >> 23) - 126;
  float32Bits[0] = (float32Bits[0]! & 0x7fffff) | 0x3f000000;
  const mantissa = float32[0]!;
  let y = fround(mantissa - 1);
  if (mantissa < sqrtHalf) {
    exponent -= 1;
    y = fround(y + mantissa);
  }
  const square = fround(y * y);
  const cube = fround(square * y);
  let series = fused(fusedPolynomial(y, logHigh), cube, fusedPolynomial(y, logMiddle));
  series = fused(series, cube, fusedPolynomial(y, logLow));
  series = fused(series, cube, fround(log2Low * exponent));
  return fused(log2High, exponent, fround(fround(y - 0.5 * square) + series));
}
