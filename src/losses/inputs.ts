import { ModelError } from "../errors.ts";
import { isDict, type Nested } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { asDType, asOperand, asResult, isNumber, isOperand, tensorOfList } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import type { TensorInput } from "./function.ts";

/** A structure of tensors, as `dtype`; lists of numbers are tensors. `where` and `what` are what errors name. */
export function tensorsOf(
  input: Nested<TensorInput>,
  dtype: DType | null,
  where: string,
  what: string,
): Nested<Numeric> {
  const given = tensorOfList(input);
  if (isOperand(given) || isNumber(given)) {
    const operand = asOperand(given);
    return asResult(dtype === null ? operand : asDType(operand, dtype));
  }
  if (Array.isArray(given) && given.length > 0)
    return given.map((item, i) => tensorsOf(item, dtype, where, `${what}[${i}]`));
  if (isDict(given)) {
    const named = Object.entries(given as Readonly<Record<string, Nested<TensorInput>>>);
    return Object.fromEntries(
      named.map(([key, item]) => [key, tensorsOf(item, dtype, where, `${what}.${key}`)]),
    );
  }
  throw new ModelError(where, `expected ${what} to be a tensor, received ${inspect(given)}.`);
}

/** One tensor, as `dtype`; null keeps its own. */
export function oneTensor(input: unknown, dtype: DType | null, where: string, what: string): Numeric {
  const found = tensorsOf(input as TensorInput, dtype, where, what);
  if (isOperand(found)) return found as Numeric;
  throw new ModelError(where, `expected ${what} to be one tensor, received ${inspect(input)}.`);
}
