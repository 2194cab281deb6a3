import { prim } from "../program/prim.ts";
import { unary } from "./define.ts";
import { asBool, asFloat } from "./operands.ts";

export const isnan = /* @__PURE__ */ unary("numpy.Isnan", (x) => prim("is_nan", [asFloat(x)]));
export const isinf = /* @__PURE__ */ unary("numpy.Isinf", (x) => prim("is_inf", [asFloat(x)]));
export const isfinite = /* @__PURE__ */ unary("numpy.Isfinite", (x) => {
  const operand = asFloat(x);
  return prim("not", [prim("or", [prim("is_nan", [operand]), prim("is_inf", [operand])])]);
});

export const logicalNot = /* @__PURE__ */ unary("numpy.LogicalNot", (x) => prim("not", [asBool(x)]));
