import { dtypeOf, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import { scalar } from "../tensor/create.ts";

/** The sum of all absolute values, or of all squares. */
export function sumOf(part: "abs" | "square", x: Operand): Numeric {
  const parts = part === "abs" ? prim("abs", [x]) : prim("mul", [x, x]);
  return prim("reduce_sum", [parts], { axes: x.shape.map((_, axis) => axis), keepdims: false });
}

export function times(x: Operand, factor: number): Numeric {
  return prim("mul", [x, scalar(factor, dtypeOf(x))]);
}
