import { dtypeOf, emit, type Operand, type Result } from "../program/emit.ts";
import { scalar } from "../tensor/create.ts";

/** The sum of all absolute values, or of all squares. */
export function sumOf(part: "abs" | "square", x: Operand): Result {
  const parts = part === "abs" ? emit("abs", [x], {})[0]! : emit("mul", [x, x], {})[0]!;
  return emit("reduce_sum", [parts], { axes: x.shape.map((_, axis) => axis), keepdims: false })[0]!;
}

export function times(x: Operand, factor: number): Result {
  return emit("mul", [x, scalar(factor, dtypeOf(x))], {})[0]!;
}
