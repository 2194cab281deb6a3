import { dtypeOf, type Operand, prim, type Result } from "../program/emit.ts";
import { scalar } from "../tensor/create.ts";

/** The sum of all absolute values, or of all squares. */
export function sumOf(part: "abs" | "square", x: Operand): Result {
  const parts = part === "abs" ? prim("abs", [x]) : prim("mul", [x, x]);
  return prim("reduce_sum", [parts], { axes: x.shape.map((_, axis) => axis), keepdims: false });
}

export function times(x: Operand, factor: number): Result {
  return prim("mul", [x, scalar(factor, dtypeOf(x))]);
}
