import { choose } from "../ops/choose.ts";
import { asDType, asResult, type OperandLike } from "../ops/operands.ts";
import { assign, type Numeric } from "../program/emit.ts";
import type { Variable } from "../program/variable.ts";

/** Gives a variable a new value, in the variable's dtype. */
export function change(variable: Variable, value: OperandLike): void {
  assign(variable, asResult(asDType(value, variable.dtype)));
}

/** Runs `body`; where the condition, a scalar, does not hold, the variables have afterwards what they had before. */
export function changeIf(condition: Numeric, variables: readonly Variable[], body: () => void): void {
  const before = variables.map((variable) => asResult(variable));
  body();
  for (const [i, variable] of variables.entries()) change(variable, choose(condition, variable, before[i]!));
}
