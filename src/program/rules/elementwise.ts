import type { Attributes } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { broadcastShapes } from "./broadcast.ts";
import { expectDtype, expectFloat, oneDtype } from "./check.ts";

type ElementwiseRule = (inputs: readonly Spec[]) => Spec[];

const unary: ElementwiseRule = (inputs) => [inputs[0]!];

function float(name: string): ElementwiseRule {
  return (inputs) => {
    expectFloat(inputs[0]!, name);
    return [inputs[0]!];
  };
}

function floatTest(name: string): ElementwiseRule {
  return (inputs) => {
    expectFloat(inputs[0]!, name);
    return [{ shape: inputs[0]!.shape, dtype: "bool" }];
  };
}

function binary(name: string): ElementwiseRule {
  return (inputs) => {
    const a = inputs[0]!;
    const b = inputs[1]!;
    const dtype = oneDtype(inputs, name);
    const shape = broadcastShapes(a.shape, b.shape, name);
    return [shape === a.shape ? a : { shape, dtype }];
  };
}

function floatBinary(name: string): ElementwiseRule {
  const rule = binary(name);
  return (inputs) => {
    expectFloat(inputs[0]!, name);
    return rule(inputs);
  };
}

function comparison(name: string): ElementwiseRule {
  return (inputs) => {
    oneDtype(inputs, name);
    return [{ shape: broadcastShapes(inputs[0]!.shape, inputs[1]!.shape, name), dtype: "bool" }];
  };
}

function select(inputs: readonly Spec[]): Spec[] {
  const [condition, a, b] = inputs as [Spec, Spec, Spec];
  expectDtype(condition, "bool", "a condition", "select");
  const dtype = oneDtype(inputs, "select", 1);
  const shape = broadcastShapes(condition.shape, broadcastShapes(a.shape, b.shape, "select"), "select");
  return [{ shape, dtype }];
}

export const elementwiseRules = {
  neg: unary,
  abs: unary,
  sign: unary,
  floor: unary,
  ceil: unary,
  round: unary,
  exp: float("exp"),
  expm1: float("expm1"),
  log: float("log"),
  log1p: float("log1p"),
  sqrt: float("sqrt"),
  rsqrt: float("rsqrt"),
  sin: float("sin"),
  cos: float("cos"),
  tan: float("tan"),
  asin: float("asin"),
  acos: float("acos"),
  atan: float("atan"),
  sinh: float("sinh"),
  cosh: float("cosh"),
  tanh: float("tanh"),
  asinh: float("asinh"),
  acosh: float("acosh"),
  atanh: float("atanh"),
  erf: float("erf"),
  sigmoid: float("sigmoid"),
  relu: unary,
  leaky_relu: float("leaky_relu"),
  clamp: unary,
  not: unary,
  is_nan: floatTest("is_nan"),
  is_inf: floatTest("is_inf"),
  cast: (inputs: readonly Spec[], { dtype }: Attributes["cast"]): Spec[] => [
    { shape: inputs[0]!.shape, dtype },
  ],
  stop_gradient: unary,
  add: binary("add"),
  sub: binary("sub"),
  mul: binary("mul"),
  div: floatBinary("div"),
  pow: binary("pow"),
  mod: binary("mod"),
  floor_div: binary("floor_div"),
  min: binary("min"),
  max: binary("max"),
  atan2: floatBinary("atan2"),
  and: binary("and"),
  or: binary("or"),
  xor: binary("xor"),
  shift_left: binary("shift_left"),
  shift_right: binary("shift_right"),
  eq: comparison("eq"),
  ne: comparison("ne"),
  lt: comparison("lt"),
  le: comparison("le"),
  gt: comparison("gt"),
  ge: comparison("ge"),
  select,
};
