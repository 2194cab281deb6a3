const { abs, exp, fround, sqrt } = Math;

/** The value of a polynomial, highest coefficient first. */
function polynomial(x: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + coefficients[i]!;
  return sum;
}

// The rational approximations of erf in Sun's fdlibm (s_erf.c), one pair for each stretch of |x|.
const near = {
  top: [
    -2.3763016656650163e-5, -5.770270296489442e-3, -2.848174957559851e-2, -3.250421072470015e-1,
    1.2837916709551256e-1,
  ],
  bottom: [
    -3.960228278775368e-6, 1.3249473800432164e-4, 5.081306281875766e-3, 6.502224998876729e-2,
    3.9791722395915535e-1, 1,
  ],
};
const aroundOne = {
  offset: 0.8450629115104675,
  top: [
    -2.166375594868791e-3, 3.547830432561824e-2, -1.1089469428239668e-1, 3.1834661990116175e-1,
    -3.722078760357013e-1, 4.1485611868374833e-1, -2.3621185607526594e-3,
  ],
  bottom: [
    1.1984499846799107e-2, 1.3637083912029051e-2, 1.2617121980876164e-1, 7.182865441419627e-2,
    5.40397917702171e-1, 1.0642088040084423e-1, 1,
  ],
};
const middle = {
  top: [
    -9.814329344169145, -81.28743550630659, -184.60509290671104, -162.39666946257347, -62.37533245032601,
    -10.558626225323291, -6.938585727071818e-1, -9.864944034847148e-3,
  ],
  bottom: [
    -6.04244152148581e-2, 6.570249770319282, 108.63500554177944, 429.00814002756783, 645.3872717332679,
    434.5658774752292, 137.65775414351904, 19.651271667439257, 1,
  ],
};
const far = {
  top: [
    -483.5191916086514, -1025.0951316110772, -637.5664433683896, -160.63638485582192, -17.757954917754752,
    -7.99283237680523e-1, -9.864942924700099e-3,
  ],
  bottom: [
    -22.440952446585818, 474.52854120695537, 2553.0504064331644, 3199.8582195085955, 1536.729586084437,
    325.7925129965739, 30.338060743482458, 1,
  ],
};

/** The error function, within about 1e-16 of 1. */
export function erf(x: number): number {
  const size = abs(x);
  if (size < 0.84375) {
    const square = x * x;
    return x + (x * polynomial(square, near.top)) / polynomial(square, near.bottom);
  }
  if (size < 1.25) {
    const y = aroundOne.offset + polynomial(size - 1, aroundOne.top) / polynomial(size - 1, aroundOne.bottom);
    return x < 0 ? -y : y;
  }
  if (size >= 6) return x < 0 ? -1 : 1;
  const { top, bottom } = size < 1 / 0.35 ? middle : far;
  const inverse = 1 / (x * x);
  const rest = exp(-x * x - 0.5625 + polynomial(inverse, top) / polynomial(inverse, bottom)) / size;
  return x < 0 ? rest - 1 : 1 - rest;
}

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
