import type { Value } from "../../../program/value.ts";
import { type DType, isFloat, isInteger } from "../../../tensor/dtype.ts";
import { onnxType } from "../data-type.ts";
import type { Lowering } from "./lowering.ts";
import type { Scope } from "./scope.ts";

type Unary = (scope: Scope, instruction: { readonly inputs: readonly Value[] }) => readonly string[];

function unary(compute: (scope: Scope, x: string, dtype: DType) => string): Unary {
  return (scope, { inputs: [x] }) => [compute(scope, scope.name(x!), x!.dtype)];
}

/** One operator. */
function plain(op: string): Unary {
  return unary((scope, x, dtype) => scope.compute(op, dtype, [x]));
}

/** One operator on floats; integers stay as they are. */
function rounding(op: string): Unary {
  return unary((scope, x, dtype) => (isFloat(dtype) ? scope.compute(op, dtype, [x]) : x));
}

/** One operator that tests floats. */
function test(op: string): Unary {
  return unary((scope, x) => scope.node(op, [x]));
}

function isUnsigned(dtype: DType): boolean {
  return dtype.startsWith("uint") || dtype === "bool";
}

/** exp(x) - 1 = tanh(x / 2) (exp(x) + 1), which loses nothing near 0. */
function expm1(scope: Scope, x: string, dtype: DType): string {
  const half = scope.node("Mul", [x, scope.scalar(dtype, 0.5)]);
  const sum = scope.node("Add", [scope.compute("Exp", dtype, [x]), scope.scalar(dtype, 1)]);
  return scope.node("Mul", [scope.compute("Tanh", dtype, [half]), sum]);
}

/** log(1 + x), corrected near 0 for what rounding 1 + x has lost. */
function log1p(scope: Scope, x: string, dtype: DType): string {
  const one = scope.scalar(dtype, 1);
  const sum = scope.node("Add", [x, one]);
  const log = scope.node("Log", [sum]);
  const lost = scope.node("Sub", [scope.node("Sub", [sum, one]), x]);
  const corrected = scope.node("Sub", [log, scope.node("Div", [lost, sum])]);
  const near = scope.node("Less", [scope.node("Abs", [x]), scope.scalar(dtype, 0.5)]);
  return scope.node("Where", [near, corrected, log]);
}

// ONNX Runtime (1.30) makes one operator of some that belong together also in float64, which that one does not know:
// in float64 there is none of them.

/** Sigmoid, which behind a product would become QuickGelu. */
function sigmoid(scope: Scope, x: string, dtype: DType): string {
  if (dtype !== "float64") return scope.compute("Sigmoid", dtype, [x]);
  const grown = scope.node("Exp", [scope.node("Neg", [x])]);
  return scope.node("Reciprocal", [scope.node("Add", [grown, scope.scalar(dtype, 1)])]);
}

/** Relu, which in front of Clip would become a part of it. */
function relu(scope: Scope, x: string, dtype: DType): string {
  if (isUnsigned(dtype)) return x;
  if (dtype === "float64") return scope.node("Max", [x, scope.scalar(dtype, 0)]);
  return scope.compute("Relu", dtype, [x]);
}

const leakyRelu: Lowering<"leaky_relu"> = (scope, { inputs: [x], attributes: { slope } }) => [
  scope.compute("LeakyRelu", x!.dtype, [scope.name(x!)], { alpha: { float: slope } }),
];

/** Bounds that mean nothing for the dtype are left out; to one that is no number nothing compares. */
const clamp: Lowering<"clamp"> = (scope, { inputs: [x], attributes: { min, max } }) => {
  const { dtype } = x!;
  if (isFloat(dtype) && (Number.isNaN(min) || Number.isNaN(max)))
    return [scope.compute("Mul", dtype, [scope.name(x!), scope.scalar(dtype, Number.NaN)])];
  let from = min;
  let to = max;
  if (isInteger(dtype)) {
    const [least, greatest] = integerRange(dtype);
    from = Math.ceil(min) <= least ? -Infinity : Math.min(Math.ceil(min), greatest);
    to = Math.floor(max) >= greatest ? Infinity : Math.max(Math.floor(max), least);
  }
  const bound = (value: number) => (Number.isFinite(value) ? scope.scalar(dtype, value) : "");
  return [scope.compute("Clip", dtype, [scope.name(x!), bound(from), bound(to)])];
};

function integerRange(dtype: DType): readonly [number, number] {
  const bits = Number(/\d+$/.exec(dtype)![0]);
  return isUnsigned(dtype) ? [0, 2 ** bits - 1] : [-(2 ** (bits - 1)), 2 ** (bits - 1) - 1];
}

const cast: Lowering<"cast"> = (scope, { inputs: [x], attributes: { dtype } }) => [
  scope.cast(scope.name(x!), onnxType(x!.dtype), onnxType(dtype)),
];

export const unaryLowerings = {
  neg: unary((scope, x, dtype) =>
    isUnsigned(dtype)
      ? scope.compute("Sub", dtype, [scope.scalar(dtype, 0), x])
      : scope.compute("Neg", dtype, [x]),
  ),
  abs: unary((scope, x, dtype) => (isUnsigned(dtype) ? x : scope.compute("Abs", dtype, [x]))),
  sign: plain("Sign"),
  floor: rounding("Floor"),
  ceil: rounding("Ceil"),
  round: rounding("Round"),
  exp: plain("Exp"),
  expm1: unary(expm1),
  log: plain("Log"),
  log1p: unary(log1p),
  sqrt: plain("Sqrt"),
  rsqrt: unary((scope, x, dtype) => scope.node("Reciprocal", [scope.compute("Sqrt", dtype, [x])])),
  sin: plain("Sin"),
  cos: plain("Cos"),
  tan: plain("Tan"),
  asin: plain("Asin"),
  acos: plain("Acos"),
  atan: plain("Atan"),
  sinh: plain("Sinh"),
  cosh: plain("Cosh"),
  tanh: plain("Tanh"),
  asinh: plain("Asinh"),
  acosh: plain("Acosh"),
  atanh: plain("Atanh"),
  erf: plain("Erf"),
  sigmoid: unary(sigmoid),
  relu: unary(relu),
  leaky_relu: leakyRelu,
  clamp,
  not: unary((scope, x, dtype) => scope.node(dtype === "bool" ? "Not" : "BitwiseNot", [x])),
  is_nan: test("IsNaN"),
  is_inf: test("IsInf"),
  cast,
  stop_gradient: plain("Identity"),
};
