import type { None } from "../../program/primitives.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { erf } from "../../tensor/erf.ts";
import {
  allocate,
  bigints,
  isBigint,
  type Kernel,
  type KernelWith,
  notFor,
  numbers,
  result,
  staticShape,
} from "./kernel.ts";

type Plain = KernelWith<None>;

/** A kernel that works element by element; `big` is for the 64-bit integers. */
function map(name: string, compute: (x: number) => number, big?: (x: bigint) => bigint): Plain {
  return ([x], _, [spec]) => {
    const out = allocate(spec!.dtype, staticShape(spec!.shape));
    if (isBigint(x!.dtype)) {
      if (!big) throw notFor(name, x!.dtype);
      const from = bigints(x!.data);
      const to = bigints(out);
      for (let i = 0; i < to.length; i++) to[i] = big(from[i]!);
    } else {
      const from = numbers(x!.data);
      const to = numbers(out);
      for (let i = 0; i < to.length; i++) to[i] = compute(from[i]!);
    }
    return [result(spec!, out)];
  };
}

/** Integers stay as they are. */
function rounding(name: string, compute: (x: number) => number): Plain {
  const kernel = map(name, compute);
  return (inputs, attributes, specs) =>
    isFloat(inputs[0]!.dtype) ? kernel(inputs, attributes, specs) : [inputs[0]!];
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

const notBool = map("not", (x) => 1 - x);
const notBits = map(
  "not",
  (x) => ~x,
  (x) => ~x,
);

const clamp: Kernel<"clamp"> = (inputs, { min, max }, specs) => {
  const [low, high] = [bigintOf(min), bigintOf(max)];
  const big = (x: bigint) => {
    const raised = low !== null && x < low ? low : x;
    return high !== null && raised > high ? high : raised;
  };
  return map("clamp", (x) => Math.min(Math.max(x, min), max), big)(inputs, {}, specs);
};

/** A bound without what is behind its point; null for none. */
function bigintOf(bound: number): bigint | null {
  return Number.isFinite(bound) ? BigInt(Math.trunc(bound)) : null;
}

const leakyRelu: Kernel<"leaky_relu"> = (inputs, { slope }, specs) =>
  map("leaky_relu", (x) => (x < 0 ? x * slope : x))(inputs, {}, specs);

export const unaryKernels = {
  neg: map(
    "neg",
    (x) => -x,
    (x) => -x,
  ),
  abs: map("abs", Math.abs, (x) => (x < 0n ? -x : x)),
  sign: map("sign", Math.sign, (x) => (x < 0n ? -1n : x > 0n ? 1n : 0n)),
  floor: rounding("floor", Math.floor),
  ceil: rounding("ceil", Math.ceil),
  round: rounding("round", roundToEven),
  exp: map("exp", Math.exp),
  expm1: map("expm1", Math.expm1),
  log: map("log", Math.log),
  log1p: map("log1p", Math.log1p),
  sqrt: map("sqrt", Math.sqrt),
  rsqrt: map("rsqrt", (x) => 1 / Math.sqrt(x)),
  sin: map("sin", Math.sin),
  cos: map("cos", Math.cos),
  tan: map("tan", Math.tan),
  asin: map("asin", Math.asin),
  acos: map("acos", Math.acos),
  atan: map("atan", Math.atan),
  sinh: map("sinh", Math.sinh),
  cosh: map("cosh", Math.cosh),
  tanh: map("tanh", Math.tanh),
  asinh: map("asinh", Math.asinh),
  acosh: map("acosh", Math.acosh),
  atanh: map("atanh", Math.atanh),
  erf: map("erf", erf),
  sigmoid: map("sigmoid", (x) => 1 / (1 + Math.exp(-x))),
  relu: map(
    "relu",
    (x) => Math.max(x, 0),
    (x) => (x > 0n ? x : 0n),
  ),
  leaky_relu: leakyRelu,
  clamp,
  not: ((inputs, attributes, specs) =>
    (inputs[0]!.dtype === "bool" ? notBool : notBits)(inputs, attributes, specs)) satisfies Plain,
  is_nan: map("is_nan", (x) => (Number.isNaN(x) ? 1 : 0)),
  is_inf: map("is_inf", (x) => (x === Infinity || x === -Infinity ? 1 : 0)),
};
