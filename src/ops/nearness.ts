import { bool, float } from "../fields/shorthands.ts";
import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { binary } from "./define.ts";
import { asDType, floatDType, promote } from "./operands.ts";

/** Whether two are equal within `atol + rtol · |x2|`. */
export const isclose = /* @__PURE__ */ binary(
  "numpy.Isclose",
  (x1, x2, { rtol, atol, equal_nan }) => {
    const [a, b] = promote([x1, x2], floatDType);
    const dtype = dtypeOf(a);
    const tolerance = prim("add", [
      asDType(atol, dtype),
      prim("mul", [asDType(rtol, dtype), prim("abs", [b])]),
    ]);
    const isNear = prim("le", [prim("abs", [prim("sub", [a, b])]), tolerance]);
    const isInfinite = prim("or", [prim("is_inf", [a]), prim("is_inf", [b])]);
    const result = prim("select", [isInfinite, prim("eq", [a, b]), isNear]);
    return equal_nan ? prim("or", [result, prim("and", [prim("is_nan", [a]), prim("is_nan", [b])])]) : result;
  },
  () => ({
    /** How far apart two numbers may be, as a share of the second. Defaults to 0.00001. */
    rtol: float(1e-5),
    /** How far apart they may be beside that. Defaults to 0.00000001. */
    atol: float(1e-8),
    /** Whether NaN is near NaN. Defaults to false. */
    equal_nan: bool(false),
  }),
  { positional: ["rtol", "atol"] },
);
