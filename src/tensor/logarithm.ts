const { fround } = Math;

/** `a * b + c` in float32, rounded once: a product of two float32 is exact in a double. */
export function fused(a: number, b: number, c: number): number {
  return fround(a * b + c);
}

/** A polynomial in float32 with a fused multiply-add for each coefficient, highest first. */
export function fusedPolynomial(x: number, coefficients: Float32Array): number {
  let sum = coefficients[0]!;
  for (let i = 1; i < coefficients.length; i++) sum = fround(sum * x + coefficients[i]!);
  return sum;
}

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

/** XLA's float32 `log(1 + x)` on a CPU, for `-1 <= x <= 0`. */
export function log1p(x: number): number {
  if (x <= -smallArgument) return log(fround(1 + x));
  const square = fround(x * x);
  const ratio = fround(fusedPolynomial(x, log1pTop) / fusedPolynomial(x, log1pBottom));
  return fround(x + fused(-0.5, square, fround(fround(x * square) * ratio)));
}

const float32 = new Float32Array(1);
const float32Bits = new Int32Array(float32.buffer);

/** XLA's float32 logarithm on a CPU, for 0 and normal numbers above it. */
export function log(x: number): number {
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
