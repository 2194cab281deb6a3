import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { noBool } from "./arithmetic.ts";
import { binary } from "./define.ts";
import { asDType, floatDType, promote } from "./operands.ts";

/** `x1 / x2`, in floats. */
export const trueDivide = /* @__PURE__ */ binary("numpy.TrueDivide", (x1, x2) =>
  prim("div", promote([x1, x2], floatDType)),
);

/** `x1 / x2`, and 0 where `x2` is 0. */
export const divideNoNan = /* @__PURE__ */ binary("numpy.DivideNoNan", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const zero = asDType(0, dtypeOf(a));
  const isZero = prim("eq", [b, zero]);
  const divisor = prim("select", [isZero, asDType(1, dtypeOf(a)), b]);
  return prim("select", [isZero, zero, prim("div", [a, divisor])]);
});

/** The greatest integer not above `x1 / x2`. */
export const floorDivide = /* @__PURE__ */ binary("numpy.FloorDivide", (x1, x2) =>
  prim("floor_div", promote([x1, x2], noBool)),
);

/** What a floor division leaves; it has the sign of `x2`. */
export const mod = /* @__PURE__ */ binary("numpy.Mod", (x1, x2) => prim("mod", promote([x1, x2], noBool)));
