import { add, divide, multiply, power, subtract } from "../ops/arithmetic.ts";
import { square } from "../ops/elementwise.ts";
import { sqrt } from "../ops/float-functions.ts";
import { asDType, type OperandLike } from "../ops/operands.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";

/** An average that moves towards `now`, of which `kept` stays. */
export function movedTo(average: Operand, now: Operand, kept: number): Numeric {
  return add(average, multiply(subtract(now, average), 1 - kept));
}

/** The same by the shares of both, which rounds otherwise. */
export function mixed(average: Operand, now: Operand, kept: number): Numeric {
  return add(multiply(kept, average), multiply(1 - kept, now));
}

/** {@link movedTo} for the squares of `now`. */
export function movedToSquare(average: Operand, now: Operand, kept: number): Numeric {
  return movedTo(average, square(now), kept);
}

/** `beta` to the power of `step`, in a dtype. */
export function decayed(beta: number, step: OperandLike, dtype: DType): Numeric {
  return power(asDType(beta, dtype), step);
}

/** The learning rate times what makes up for moments that began with 0. */
export function corrected(
  rate: Operand,
  step: Numeric,
  { beta_1, beta_2 }: { readonly beta_1: number; readonly beta_2: number },
  dtype: DType,
): Numeric {
  const second = sqrt(subtract(1, decayed(beta_2, step, dtype)));
  return divide(multiply(rate, second), subtract(1, decayed(beta_1, step, dtype)));
}
