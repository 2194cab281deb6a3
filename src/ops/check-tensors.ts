import { ShapeError } from "../errors.ts";
import { inspect } from "../json/inspect.ts";
import { isOperand } from "./operands.ts";

/** Complains about what is no tensor among those that a function takes by names. */
export function checkTensors(where: string, tensors: Readonly<Record<string, unknown>>): void {
  for (const [name, tensor] of Object.entries(tensors)) {
    if (isOperand(tensor)) continue;
    const received = tensor === undefined ? "nothing" : inspect(tensor);
    throw new ShapeError(where, `expected ${name} to be a tensor, received ${received}.`);
  }
}
