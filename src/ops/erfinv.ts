import { dtypeOf, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
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
  for (const [i, near] of NEAR.entries()) {
    const coefficient: Operand = prim("select", [isNear, like(near), like(FAR[i]!)]);
    sum = sum === null ? coefficient : prim("add", [coefficient, prim("mul", [sum, at])]);
  }
  const isEdge = prim("eq", [prim("abs", [operand]), like(1)]);
  return prim("select", [
    isEdge,
    prim("mul", [operand, like(Number.POSITIVE_INFINITY)]),
    prim("mul", [sum!, operand]),
  ]);
});

const NEAR = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];
const FAR = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
];
