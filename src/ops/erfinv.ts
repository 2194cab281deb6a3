import { dtypeOf, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { centre, tails } from "../tensor/erfinv.ts";
import { unary } from "./define.ts";
import { asDType, asFloat } from "./operands.ts";

/** The inverse of `erf`. Source: M. Giles, "Approximating the erfinv function", 2012, single precision. */
export const erfinv = /* @__PURE__ */ unary("math.Erfinv", (x) => {
  const operand = asFloat(x);
  const like = (value: number) => asDType(value, dtypeOf(operand));
  const w = prim("neg", [prim("log1p", [prim("neg", [prim("mul", [operand, operand])])])]);
  const isNear = prim("lt", [w, like(5)]);
  const at = prim("select", [isNear, prim("sub", [w, like(2.5)]), prim("sub", [prim("sqrt", [w]), like(3)])]);
  let sum: Operand | null = null;
  for (const [i, near] of centre.entries()) {
    const coefficient: Operand = prim("select", [isNear, like(near), like(tails[i]!)]);
    sum = sum === null ? coefficient : prim("add", [coefficient, prim("mul", [sum, at])]);
  }
  const isEdge = prim("eq", [prim("abs", [operand]), like(1)]);
  return prim("select", [
    isEdge,
    prim("mul", [operand, like(Number.POSITIVE_INFINITY)]),
    prim("mul", [sum!, operand]),
  ]);
});
