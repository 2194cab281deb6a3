import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { isFloat } from "../tensor/dtype.ts";
import { type UnaryOp, unary } from "./define.ts";
import { dimensions, filled } from "./dimensions.ts";
import { asDType, asFloat, asOperand, asResult, type OperandLike } from "./operands.ts";

type Plain = Record<never, never>;

/** A function of each element that gives floats, with constants of its dtype. */
function ofFloats(
  path: string,
  compute: (x: Operand, like: (value: number) => Operand) => Numeric,
): UnaryOp<Plain> {
  return unary(path, (given) => {
    const x = asFloat(given);
    return compute(x, (value) => asDType(value, dtypeOf(x)));
  });
}

/** The root of the third degree. */
export const cbrt = /* @__PURE__ */ ofFloats("numpy.Cbrt", (x, like) =>
  prim("mul", [prim("sign", [x]), prim("pow", [prim("abs", [x]), like(1 / 3)])]),
);

/** 2 to the power of each element. */
export const exp2 = /* @__PURE__ */ ofFloats("numpy.Exp2", (x, like) => prim("pow", [like(2), x]));

/** The distance from 0, as a float. */
export const fabs = /* @__PURE__ */ ofFloats("numpy.Fabs", (x) => prim("abs", [x]));

/** Degrees as radians. */
export const deg2rad = /* @__PURE__ */ ofFloats("numpy.Deg2rad", (x, like) =>
  prim("mul", [x, like(Math.PI / 180)]),
);

/** Radians as degrees. */
export const rad2deg = /* @__PURE__ */ ofFloats("numpy.Rad2deg", (x, like) =>
  prim("mul", [x, like(180 / Math.PI)]),
);

/** `sin(πx) / πx`, and 1 at 0. */
export const sinc = /* @__PURE__ */ ofFloats("numpy.Sinc", (x, like) => {
  const isZero = prim("eq", [x, like(0)]);
  const angle = prim("mul", [like(Math.PI), prim("select", [isZero, like(1), x])]);
  return prim("select", [isZero, like(1), prim("div", [prim("sin", [angle]), angle])]);
});

/** The angle in the complex plane: 0, or π for what is below 0. */
export const angle = /* @__PURE__ */ ofFloats("numpy.Angle", (x, like) => {
  const turned = prim("select", [prim("lt", [x, like(0)]), like(Math.PI), like(0)]);
  return prim("select", [prim("is_nan", [x]), x, turned]);
});

/** Whether an element is minus infinity. */
export const isneginf = /* @__PURE__ */ ofFloats("numpy.Isneginf", (x, like) =>
  prim("eq", [x, like(Number.NEGATIVE_INFINITY)]),
);

/** Whether an element is infinity. */
export const isposinf = /* @__PURE__ */ ofFloats("numpy.Isposinf", (x, like) =>
  prim("eq", [x, like(Number.POSITIVE_INFINITY)]),
);

/** Whether an element has no imaginary part: true everywhere, as there are no complex tensors here. */
export const isreal = /* @__PURE__ */ unary("numpy.Isreal", (x) => filled(dimensions(x), 1, "bool"));

/** Whether an element has a minus in front: what is below 0, and -0. */
export const signbit = /* @__PURE__ */ unary("numpy.Signbit", (given) => {
  const x = asOperand(given);
  const like = (value: number) => asDType(value, dtypeOf(x));
  if (dtypeOf(x) === "bool") return filled(dimensions(x), 0, "bool");
  const isBelow = prim("lt", [x, like(0)]);
  if (!isFloat(dtypeOf(x))) return isBelow;
  const isMinusZero = prim("lt", [prim("div", [like(1), x]), like(0)]);
  return prim("or", [isBelow, prim("and", [prim("eq", [x, like(0)]), isMinusZero])]);
});

/** `1 - erf(x)`, exact also where that is tiny. Source: S. Moshier, Cephes, ndtrf.c, single precision. */
export const erfc = /* @__PURE__ */ unary("math.Erfc", (given) => {
  const own = asFloat(given);
  const x = dtypeOf(own) === "float64" ? own : asDType(own, "float32");
  const like = (value: number) => asDType(value, dtypeOf(x));
  const far = prim("max", [prim("abs", [x]), like(1)]);
  const inverse = prim("div", [like(1), far]);
  const square = prim("mul", [inverse, inverse]);
  const series = prim("select", [
    prim("lt", [far, like(2)]),
    polynomial(square, ERFC_NEAR, like),
    polynomial(square, ERFC_FAR, like),
  ]);
  const grown = prim("exp", [prim("neg", [prim("mul", [far, far])])]);
  const tail = prim("mul", [prim("mul", [grown, inverse]), series]);
  const outer = prim("select", [prim("lt", [x, like(0)]), prim("sub", [like(2), tail]), tail]);
  const isNear = prim("lt", [prim("abs", [x]), like(1)]);
  const result = prim("select", [isNear, prim("sub", [like(1), prim("erf", [x])]), outer]);
  return asDType(prim("select", [prim("is_nan", [x]), x, result]), dtypeOf(own));
});

/** The modified Bessel function of the first kind and order 0. Source: S. Moshier, Cephes, i0f.c. */
export const i0 = /* @__PURE__ */ unary("numpy.I0", (x) => besselOf(x));

/** The values of `i0`. */
export function besselOf(given: OperandLike): Numeric {
  const own = asFloat(given);
  const x = prim("abs", [dtypeOf(own) === "float64" ? own : asDType(own, "float32")]);
  const like = (value: number) => asDType(value, dtypeOf(x));
  const near = chebyshev(prim("sub", [prim("mul", [x, like(0.5)]), like(2)]), BESSEL_NEAR, like);
  const outside = prim("max", [x, like(8)]);
  const place = prim("sub", [prim("div", [like(32), outside]), like(2)]);
  const far = prim("div", [chebyshev(place, BESSEL_FAR, like), prim("sqrt", [outside])]);
  const factor = prim("select", [prim("le", [x, like(8)]), near, far]);
  return asDType(asResult(prim("mul", [prim("exp", [x]), factor])), dtypeOf(own));
}

type Like = (value: number) => Operand;

/** A polynomial, the coefficient of the highest power first. */
function polynomial(x: Numeric, coefficients: readonly number[], like: Like): Numeric {
  const [first = 0, ...rest] = coefficients;
  let sum: Numeric = prim("mul", [x, like(first)]);
  for (const [i, coefficient] of rest.entries()) {
    sum = prim("add", [sum, like(coefficient)]);
    if (i < rest.length - 1) sum = prim("mul", [sum, x]);
  }
  return sum;
}

/** A sum of Chebyshev polynomials of `x / 2`, the coefficient of the highest degree first. */
function chebyshev(x: Numeric, coefficients: readonly number[], like: Like): Numeric {
  let [now, before, last]: Operand[] = [like(coefficients[0] ?? 0), like(0), like(0)];
  for (const coefficient of coefficients.slice(1)) {
    [last, before] = [before, now];
    now = prim("add", [
      prim("sub", [prim("mul", [x, before as Operand]), last as Operand]),
      like(coefficient),
    ]);
  }
  return prim("mul", [like(0.5), prim("sub", [now as Operand, last as Operand])]);
}

const ERFC_NEAR = [
  0.02326819970068386, -0.1387039388740657, 0.3687424674597105, -0.5824733027278666, 0.6210004621745983,
  -0.4944515323274145, 0.3404879937665872, -0.2741127028184656, 0.5638259427386472,
];
const ERFC_FAR = [
  -10.47766399936249, 12.97719955372516, -7.495518717768503, 2.921019019210786, -1.0152652792027,
  0.4218463358204948, -0.2820767439740514, 0.5641895067754075,
];
const BESSEL_NEAR = [
  -1.300025009986248e-8, 6.046995022541919e-8, -2.670793853940612e-7, 1.1173875391201037e-6,
  -4.4167383584587505e-6, 1.6448448070728896e-5, -5.754195010082104e-5, 0.00018850288509584165,
  -0.0005763755745385824, 0.0016394756169413357, -0.004324309995050576, 0.010546460394594998,
  -0.02373741480589947, 0.04930528423967071, -0.09490109704804764, 0.17162090152220877, -0.3046826723431984,
  0.6767952744094761,
];
const BESSEL_FAR = [
  3.3962320257083865e-9, 2.266668990498178e-8, 2.0489185894690638e-7, 2.8913705208347567e-6,
  6.889758346916825e-5, 0.0033691164782556943, 0.8044904110141088,
];
