import { ShapeError } from "../errors.ts";
import { KerasTensor } from "../graph/graph.ts";
import { inspect } from "../json/inspect.ts";
import { isNumber, isOperand } from "./operands.ts";

/** What the tensors of an op are called, and whether it takes a list of them. */
export interface Inputs {
  readonly tensors: readonly string[];
  readonly variadic?: boolean;
  readonly isListed?: boolean;
}

/** Complains about what an op of some name was given where it takes tensors. */
export function checkInputs(
  op: string,
  { tensors, variadic, isListed }: Inputs,
  given: readonly unknown[],
): void {
  if (given.length > tensors.length && !variadic && !isCallback(tensors.length, given)) {
    const received = inspect(given[tensors.length]);
    throw new ShapeError(
      op,
      `expected an object of options behind ${tensors.join(" and ")}, received ${received}.`,
    );
  }
  const expected = isListed ? "a list of tensors" : "a tensor";
  const names = variadic ? given.map((_, i) => `argument ${i + 1}`) : tensors;
  for (const [i, name] of names.entries()) {
    const input = given[i];
    if (isListed ? isTensorList(input) : isTensorLike(input)) continue;
    const received = i < given.length ? inspect(input) : "nothing";
    throw new ShapeError(op, `expected ${name} to be ${expected}, received ${received}.`);
  }
}

/** Whether more is given because the op is called for each item of an array: `xs.reduce(add)`, `xs.map(relu)`. */
function isCallback(count: number, given: readonly unknown[]): boolean {
  const [index, array, ...others] = given.slice(count);
  return Number.isInteger(index) && Array.isArray(array) && others.length === 0;
}

function isTensorList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isTensorLike);
}

/** Whether a value stands for a tensor: one, a number, or lists of them. */
function isTensorLike(value: unknown): boolean {
  if (isNumber(value) || value instanceof KerasTensor || isOperand(value)) return true;
  return Array.isArray(value) && value.every(isTensorLike);
}
