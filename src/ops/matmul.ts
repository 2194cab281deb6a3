import type { Numeric, Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { DType } from "../tensor/dtype.ts";
import { binary } from "./define.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { type OperandLike, promote, rankOf } from "./operands.ts";

/**
 * NumPy's matrix product: stacks of matrices broadcast, a vector is a row on the left and a column on the right. Products
 * of int8 are added up as int32.
 */
export const matmul = /* @__PURE__ */ binary("numpy.Matmul", (x1, x2) => matrixProduct(x1, x2));

/** A matrix product of values, vectors among them. */
export function matrixProduct(x1: OperandLike, x2: OperandLike): Numeric {
  const [a, b] = numbers(x1, x2);
  const [rank1, rank2] = [rankOf(a), rankOf(b)];
  if (rank1 >= 2 && rank2 >= 2) return prim("matmul", [a, b]);
  const left = rank1 === 1 ? reshapeTo(a, [1, ...dimensions(a)]) : a;
  const right = rank2 === 1 ? reshapeTo(b, [...dimensions(b), 1]) : b;
  const result = prim("matmul", [left, right]);
  const shape = dimensions(result);
  if (rank1 === 1) shape.splice(-2, 1);
  if (rank2 === 1) shape.splice(-1, 1);
  return reshapeTo(result, shape);
}

/** Operands of one dtype that can be multiplied and added up; booleans become int32. */
export function numbers(x1: OperandLike, x2: OperandLike): [Operand, Operand] {
  const [a, b] = promote([x1, x2], (dtype): DType => (dtype === "bool" ? "int32" : dtype));
  return [a, b];
}
