import { aFloat, nullable, optional } from "../fields/kinds.ts";
import { int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { isFloat } from "../tensor/dtype.ts";
import { unary } from "./define.ts";
import { asBool, asDType, asFloat, asOperand, asResult, type OperandLike } from "./operands.ts";

export * from "./float-functions.ts";

export const log2 = /* @__PURE__ */ unary("numpy.Log2", (x) => scaled("log", x, Math.LN2));
export const log10 = /* @__PURE__ */ unary("numpy.Log10", (x) => scaled("log", x, Math.LN10));

export const negative = /* @__PURE__ */ unary("numpy.Negative", (x) => prim("neg", [asOperand(x)]));
/** The distance from 0. */
export const absolute = /* @__PURE__ */ unary("numpy.Absolute", (x) => magnitude(x));
/** -1, 0 or 1. */
export const sign = /* @__PURE__ */ unary("numpy.Sign", (x) => prim("sign", [asOperand(x)]));

export const square = /* @__PURE__ */ unary("numpy.Square", (x) => {
  const operand = asOperand(x);
  const number = dtypeOf(operand) === "bool" ? asDType(operand, "int32") : operand;
  return prim("mul", [number, number]);
});

export const reciprocal = /* @__PURE__ */ unary("numpy.Reciprocal", (x) => {
  const operand = asFloat(x);
  return prim("div", [asDType(1, dtypeOf(operand)), operand]);
});

/** Rounds to a number of decimals, halves to the even neighbour. Integers have none: they change where it is below 0. */
export const round = /* @__PURE__ */ unary(
  "numpy.Round",
  (x, { decimals }) => {
    const operand = asOperand(x);
    const dtype = dtypeOf(operand);
    if (isFloat(dtype)) return rounded(operand, decimals);
    if (decimals >= 0 || dtype === "bool") return asResult(operand);
    return asDType(rounded(asDType(operand, "float64"), decimals), dtype);
  },
  () => ({
    /** How many places are kept behind the point. Defaults to 0. */
    decimals: int(0),
  }),
);

function rounded(x: Operand, decimals: number): Numeric {
  if (decimals === 0) return prim("round", [x]);
  const factor = asDType(10 ** Math.abs(decimals), dtypeOf(x));
  const [away, back] = decimals > 0 ? (["mul", "div"] as const) : (["div", "mul"] as const);
  return prim(back, [prim("round", [prim(away, [x, factor])]), factor]);
}

/** Drops the fraction. */
export const trunc = /* @__PURE__ */ unary("numpy.Trunc", (x) => {
  const operand = asOperand(x);
  if (!isFloat(dtypeOf(operand))) return asResult(operand);
  return prim("mul", [prim("sign", [operand]), prim("floor", [prim("abs", [operand])])]);
});

export const isnan = /* @__PURE__ */ unary("numpy.Isnan", (x) => prim("is_nan", [asFloat(x)]));
export const isinf = /* @__PURE__ */ unary("numpy.Isinf", (x) => prim("is_inf", [asFloat(x)]));
export const isfinite = /* @__PURE__ */ unary("numpy.Isfinite", (x) => {
  const operand = asFloat(x);
  return prim("not", [prim("or", [prim("is_nan", [operand]), prim("is_inf", [operand])])]);
});

export const logicalNot = /* @__PURE__ */ unary("numpy.LogicalNot", (x) => prim("not", [asBool(x)]));

/** Turns all bits, or the truth. */
export const bitwiseNot = /* @__PURE__ */ unary("numpy.BitwiseNot", (x) => prim("not", [asOperand(x)]));
export const bitwiseInvert = /* @__PURE__ */ unary("numpy.BitwiseInvert", (x) => prim("not", [asOperand(x)]));

/** Replaces NaN and infinities by numbers; null stands for the largest the dtype has. */
export const nanToNum = /* @__PURE__ */ unary(
  "numpy.NanToNum",
  (x, { nan, posinf, neginf }) => {
    const operand = asOperand(x);
    const dtype = dtypeOf(operand);
    if (!isFloat(dtype)) return asResult(operand);
    const largest = dtype === "float64" ? Number.MAX_VALUE : dtype === "float16" ? 65504 : LARGEST_FLOAT;
    const number = prim("select", [prim("is_nan", [operand]), asDType(nan, dtype), operand]);
    const isInfinite = prim("is_inf", [number]);
    const isAbove = prim("and", [isInfinite, prim("gt", [number, asDType(0, dtype)])]);
    const bounded = prim("select", [isAbove, asDType(posinf ?? largest, dtype), number]);
    return prim("select", [prim("is_inf", [bounded]), asDType(neginf ?? -largest, dtype), bounded]);
  },
  () => ({
    /** What NaN becomes. Defaults to 0. */
    nan: optional(aFloat, 0),
    /** What infinity becomes. Defaults to the largest number of the dtype. */
    posinf: optional(nullable(aFloat), null),
    /** What minus infinity becomes. Defaults to the least number of the dtype. */
    neginf: optional(nullable(aFloat), null),
  }),
);

const LARGEST_FLOAT = (2 - 2 ** -23) * 2 ** 127;

/** The same tensor. */
export const copy = /* @__PURE__ */ unary("numpy.Copy", (x) => asResult(asOperand(x)));
export const conjugate = /* @__PURE__ */ unary("numpy.Conjugate", (x) => asResult(asOperand(x)));
export const real = /* @__PURE__ */ unary("numpy.Real", (x) => asResult(asOperand(x)));
/** 0: there are no complex tensors here. */
export const imag = /* @__PURE__ */ unary("numpy.Imag", (x) => {
  const operand = asOperand(x);
  return prim("mul", [operand, asDType(0, dtypeOf(operand))]);
});

/** The inverse of `erf`. Source: M. Giles, "Approximating the erfinv function", 2012, single precision. */
export const erfinv = /* @__PURE__ */ unary("math.Erfinv", (x) => {
  const operand = asFloat(x);
  const like = (value: number) => asDType(value, dtypeOf(operand));
  const w = prim("neg", [prim("log1p", [prim("neg", [prim("mul", [operand, operand])])])]);
  const isNear = prim("lt", [w, like(5)]);
  const at = prim("select", [isNear, prim("sub", [w, like(2.5)]), prim("sub", [prim("sqrt", [w]), like(3)])]);
  let sum: Operand | null = null;
  for (const [i, near] of NEAR.entries()) {
    const coefficient: Operand = prim("select", [isNear, like(near), like(FAR[i]!)]);
    sum = sum === null ? coefficient : prim("add", [coefficient, prim("mul", [sum, at])]);
  }
  const isEdge = prim("eq", [prim("abs", [operand]), like(1)]);
  return prim("select", [
    isEdge,
    prim("mul", [operand, like(Number.POSITIVE_INFINITY)]),
    prim("mul", [sum!, operand]),
  ]);
});

const NEAR = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];
const FAR = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
];

function magnitude(x: OperandLike) {
  const operand = asOperand(x);
  return dtypeOf(operand) === "bool" ? asResult(operand) : prim("abs", [operand]);
}

function scaled(primitive: "log", x: OperandLike, divisor: number) {
  const result = prim(primitive, [asFloat(x)]);
  return prim("div", [result, asDType(divisor, result.dtype)]);
}
