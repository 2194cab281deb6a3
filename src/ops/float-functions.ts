import { prim } from "../program/prim.ts";
import type { PrimitiveName } from "../program/primitives.ts";
import { type UnaryOp, unary } from "./define.ts";
import { asFloat } from "./operands.ts";

type Plain = Record<never, never>;

/** A function of each element that gives floats. */
export function ofFloats(path: string, primitive: FloatFunction): UnaryOp<Plain> {
  return unary(path, (x) => prim(primitive, [asFloat(x)]));
}

type FloatFunction = Extract<
  PrimitiveName,
  | "exp"
  | "expm1"
  | "log"
  | "log1p"
  | "sqrt"
  | "rsqrt"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "erf"
  | "floor"
  | "ceil"
>;

export const exp = /* @__PURE__ */ ofFloats("numpy.Exp", "exp");
export const expm1 = /* @__PURE__ */ ofFloats("numpy.Expm1", "expm1");
export const log = /* @__PURE__ */ ofFloats("numpy.Log", "log");
export const log1p = /* @__PURE__ */ ofFloats("numpy.Log1p", "log1p");
export const sqrt = /* @__PURE__ */ ofFloats("numpy.Sqrt", "sqrt");
export const rsqrt = /* @__PURE__ */ ofFloats("math.Rsqrt", "rsqrt");
export const tanh = /* @__PURE__ */ ofFloats("numpy.Tanh", "tanh");
export const erf = /* @__PURE__ */ ofFloats("math.Erf", "erf");
/** The greatest integer not above each element, as a float. */
export const floor = /* @__PURE__ */ ofFloats("numpy.Floor", "floor");
/** The smallest integer not below each element, as a float. */
export const ceil = /* @__PURE__ */ ofFloats("numpy.Ceil", "ceil");
