import { prim } from "../program/prim.ts";
import { binary } from "./define.ts";
import { ofFloats } from "./float-functions.ts";
import { floatDType, promote } from "./operands.ts";

export const sin = /* @__PURE__ */ ofFloats("numpy.Sin", "sin");
export const cos = /* @__PURE__ */ ofFloats("numpy.Cos", "cos");
export const tan = /* @__PURE__ */ ofFloats("numpy.Tan", "tan");
export const arcsin = /* @__PURE__ */ ofFloats("numpy.Arcsin", "asin");
export const arccos = /* @__PURE__ */ ofFloats("numpy.Arccos", "acos");
export const arctan = /* @__PURE__ */ ofFloats("numpy.Arctan", "atan");
export const sinh = /* @__PURE__ */ ofFloats("numpy.Sinh", "sinh");
export const cosh = /* @__PURE__ */ ofFloats("numpy.Cosh", "cosh");
export const arcsinh = /* @__PURE__ */ ofFloats("numpy.Arcsinh", "asinh");
export const arccosh = /* @__PURE__ */ ofFloats("numpy.Arccosh", "acosh");
export const arctanh = /* @__PURE__ */ ofFloats("numpy.Arctanh", "atanh");

/** The angle of the point `(x2, x1)`. */
export const arctan2 = /* @__PURE__ */ binary("numpy.Arctan2", (x1, x2) =>
  prim("atan2", promote([x1, x2], floatDType)),
);
