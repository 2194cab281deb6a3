import type { Evaluate } from "../../program/eager.ts";
import type { Attributes } from "../../program/primitives.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { bindingsOf, execute } from "./run.ts";

/** Runs one of two programs. */
export function cond(
  [pred, ...operands]: readonly Tensor[],
  { yes, no }: Attributes["cond"],
  evaluate: Evaluate,
): Tensor[] {
  const branch = pred!.data[0] ? yes : no;
  return execute(branch, bindingsOf(branch), operands, evaluate);
}

/** Runs a program while another one says so. */
export function whileLoop(
  inputs: readonly Tensor[],
  { test, body, consts }: Attributes["while"],
  evaluate: Evaluate,
): Tensor[] {
  const [asked, again] = [bindingsOf(test), bindingsOf(body)];
  const constants = inputs.slice(0, consts);
  let states = inputs.slice(consts);
  while (execute(test, asked, [...constants, ...states], evaluate)[0]!.data[0])
    states = execute(body, again, [...constants, ...states], evaluate);
  return states;
}
