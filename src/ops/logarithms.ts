import { dtypeOf } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { axesOf } from "./axes.ts";
import { binary, unary } from "./define.ts";
import { asDType, asFloat, floatDType, type OperandLike, promote, rankOf } from "./operands.ts";
import { reduce, reduction, without } from "./reduction.ts";

/** `log(exp(x1) + exp(x2))`. */
export const logaddexp = /* @__PURE__ */ binary("numpy.Logaddexp", (x1, x2) => {
  const [a, b] = promote([x1, x2], floatDType);
  const distance = prim("abs", [prim("sub", [a, b])]);
  const rest = prim("log1p", [prim("exp", [prim("neg", [distance])])]);
  const ofEquals = prim("select", [prim("eq", [a, b]), asDType(Math.LN2, dtypeOf(a)), rest]);
  return prim("add", [prim("max", [a, b]), ofEquals]);
});

export const log2 = /* @__PURE__ */ unary("numpy.Log2", (x) => scaled("log", x, Math.LN2));
export const log10 = /* @__PURE__ */ unary("numpy.Log10", (x) => scaled("log", x, Math.LN10));

function scaled(primitive: "log", x: OperandLike, divisor: number) {
  const result = prim(primitive, [asFloat(x)]);
  return prim("div", [result, asDType(divisor, result.dtype)]);
}

/** The logarithm of the sum of exponentials. */
export const logsumexp = /* @__PURE__ */ unary(
  "math.Logsumexp",
  (x, { axis, keepdims }) => {
    const operand = asFloat(x);
    const highest = reduce("reduce_max", operand, axis, true);
    const total = reduce("reduce_sum", prim("exp", [prim("sub", [operand, highest])]), axis, true);
    const result = prim("add", [prim("log", [total]), highest]);
    return keepdims ? result : without(result, axesOf(axis, rankOf(operand), "logsumexp"));
  },
  reduction,
);
