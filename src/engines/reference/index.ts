import { setEvaluator } from "../../program/eager.ts";
import type { Program } from "../../program/primitives.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkInputs } from "../check-inputs.ts";
import { checkProgram } from "../check-program.ts";
import type { StatefulEngine } from "../engine.ts";
import { Held, type Stepper } from "../held.ts";
import "./at-once/all.ts";
import { evaluate } from "./known.ts";
import { bindingsOf, execute } from "./run.ts";

export { kernels } from "./kernels.ts";
export { evaluate } from "./known.ts";

/**
 * Lets operations on tensors be computed by the reference engine, at once. Needed only by a program that neither makes
 * tensors with `tensor(…)`, nor loads files, nor predicts: those have the reference engine already.
 */
export function useReference(): void {
  setEvaluator(evaluate);
}

/** Runs a Program now: its outputs, then the values of its updates. Variables are read, not changed. */
export function runProgram(program: Program, inputs: readonly Tensor[]): Tensor[] {
  checkProgram("runProgram", program);
  checkInputs(program.inputs, inputs);
  return execute(program, bindingsOf(program), inputs, evaluate);
}

/** Plain TypeScript, one primitive after the other: made to be right, and there everywhere. */
export const reference: StatefulEngine = {
  name: "reference",
  async compile(program) {
    checkProgram("reference.compile", program);
    const bindings = bindingsOf(program);
    return {
      async run(inputs) {
        checkInputs(program.inputs, inputs);
        return execute(program, bindings, inputs, evaluate);
      },
      dispose() {},
    };
  },
  async hold(program) {
    checkProgram("reference.hold", program);
    return new Held(program, stepperOf(program));
  },
};

/** Steps through a Program; the variables it changes are given to it in the order of its updates. */
function stepperOf(program: Program): Stepper<Tensor> {
  const changed = [...program.updates.keys()];
  const places = new Map(
    [...program.variables].map(([value, variable]) => [value, changed.indexOf(variable)]),
  );
  const fixed = bindingsOf(program).filter(([value]) => (places.get(value) ?? -1) < 0);
  return {
    async step(inputs, state) {
      checkInputs(program.inputs, inputs);
      const held = [...places].flatMap(([value, place]) => {
        const tensor = state[place];
        return tensor ? [[value, tensor] as const] : [];
      });
      const results = execute(program, [...fixed, ...held], inputs, evaluate);
      const count = program.outputs.length;
      return { outputs: results.slice(0, count), state: results.slice(count) };
    },
    keep: (tensor) => tensor,
    toTensor: (tensor) => tensor,
    dispose() {},
  };
}
