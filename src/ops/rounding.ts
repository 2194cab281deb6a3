import { aFloat, nullable, optional } from "../fields/kinds.ts";
import { int } from "../fields/shorthands.ts";
import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { isFloat } from "../tensor/dtype.ts";
import { unary } from "./define.ts";
import { asDType, asOperand, asResult } from "./operands.ts";

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
    nan: optional(aFloat, 0, { since: "3.3" }),
    /** What infinity becomes. Defaults to the largest number of the dtype. */
    posinf: optional(nullable(aFloat), null, { since: "3.3" }),
    /** What minus infinity becomes. Defaults to the least number of the dtype. */
    neginf: optional(nullable(aFloat), null, { since: "3.3" }),
  }),
);

const LARGEST_FLOAT = (2 - 2 ** -23) * 2 ** 127;
