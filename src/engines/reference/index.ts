import { setDefaultEvaluator } from "../../program/calling.ts";
import type { Program } from "../../program/primitives.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import type { Engine } from "../engine.ts";
import { evaluate } from "./kernels.ts";
import { bindingsOf, checkInputs, execute } from "./run.ts";

export { evaluate, kernels } from "./kernels.ts";

/**
 * Lets operations be computed by the reference engine, at once, also on tensors of which nobody said what computes on
 * them. A program says it once; those that make their tensors with `tensor(…)` need not.
 */
export function useReference(): void {
  setDefaultEvaluator(evaluate);
}

/** Runs a Program now: its outputs, then the values of its updates. Variables are read, not changed. */
export function runProgram(program: Program, inputs: readonly Tensor[]): Tensor[] {
  checkInputs(program.inputs, inputs);
  return execute(program, bindingsOf(program), inputs, evaluate);
}

/** Plain TypeScript, one primitive after the other: made to be right, and there everywhere. */
export const reference: Engine = {
  name: "reference",
  async compile(program) {
    const bindings = bindingsOf(program);
    return {
      async run(inputs) {
        checkInputs(program.inputs, inputs);
        return execute(program, bindings, inputs, evaluate);
      },
      dispose() {},
    };
  },
};
