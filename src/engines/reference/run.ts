import type { Evaluate } from "../../program/eager.ts";
import type { Instruction, Program } from "../../program/primitives.ts";
import type { Value } from "../../program/value.ts";
import type { Tensor } from "../../tensor/tensor.ts";

interface Step {
  readonly instruction: Instruction;
  /** Where the inputs and outputs are kept. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** What nothing needs after this step. */
  readonly freed: readonly number[];
}

/** A Program with a number for each of its values. */
interface Plan {
  readonly size: number;
  readonly steps: readonly Step[];
  readonly results: readonly number[];
  readonly slots: ReadonlyMap<Value, number>;
}

const plans = new WeakMap<Program, Plan>();

function planOf(program: Program): Plan {
  let plan = plans.get(program);
  if (!plan) {
    plan = makePlan(program);
    plans.set(program, plan);
  }
  return plan;
}

function makePlan(program: Program): Plan {
  const slots = new Map<Value, number>();
  const slotOf = (value: Value): number => {
    let slot = slots.get(value);
    if (slot === undefined) {
      slot = slots.size;
      slots.set(value, slot);
    }
    return slot;
  };
  for (const value of program.inputs) slotOf(value);
  for (const value of program.constants.keys()) slotOf(value);
  for (const value of program.variables.keys()) slotOf(value);
  const results = [...program.outputs, ...program.updates.values()];
  const needed = new Set(results);
  const steps: Step[] = [];
  for (let i = program.instructions.length - 1; i >= 0; i--) {
    const instruction = program.instructions[i]!;
    const freed: number[] = [];
    for (const value of [...instruction.inputs, ...instruction.outputs]) {
      if (needed.has(value)) continue;
      needed.add(value);
      freed.push(slotOf(value));
    }
    steps.push({
      instruction,
      inputs: instruction.inputs.map(slotOf),
      outputs: instruction.outputs.map(slotOf),
      freed,
    });
  }
  steps.reverse();
  const resultSlots = results.map(slotOf);
  return { size: slots.size, steps, results: resultSlots, slots };
}

/** What a program reads besides its inputs, as it is now. */
export type Bindings = readonly (readonly [Value, Tensor])[];

export function bindingsOf(program: Program): Bindings {
  const variables = [...program.variables].map(([value, variable]) => [value, variable.value] as const);
  return [...program.constants, ...variables];
}

/** Runs the instructions one after the other; a value is let go after its last use. */
export function execute(
  program: Program,
  bindings: Bindings,
  inputs: readonly Tensor[],
  evaluate: Evaluate,
): Tensor[] {
  const plan = planOf(program);
  const values = new Array<Tensor | undefined>(plan.size);
  program.inputs.forEach((value, i) => {
    values[plan.slots.get(value)!] = inputs[i]!;
  });
  for (const [value, tensor] of bindings) values[plan.slots.get(value)!] = tensor;
  for (const { instruction, inputs: from, outputs, freed } of plan.steps) {
    const operands = from.map((slot) => values[slot]!);
    const results = evaluate(instruction.primitive, operands, instruction.attributes);
    for (let i = 0; i < outputs.length; i++) values[outputs[i]!] = results[i]!;
    for (const slot of freed) values[slot] = undefined;
  }
  return plan.results.map((slot) => values[slot]!);
}
