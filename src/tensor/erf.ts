const { abs, exp } = Math;

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
