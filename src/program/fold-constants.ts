import { isStatic, sizeOf } from "../tensor/shape.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Evaluate } from "./eager.ts";
import type { Instruction, Program } from "./primitives.ts";
import type { Value } from "./value.ts";

/** How many elements a constant may grow to that is larger than what it is computed from. */
const LARGEST = 65_536;

/**
 * The same Program with what depends on constants alone computed: a mask of ones, the wavelengths of an encoding. What
 * would be much larger than what it is made of stays, so that a short program stays short.
 */
export function foldConstants(program: Program, evaluate: Evaluate): Program {
  const constants = new Map(program.constants);
  const instructions = program.instructions.filter((instruction) => {
    const inputs = instruction.inputs.map((input) => constants.get(input));
    if (!inputs.every((input) => input !== undefined) || isTooLarge(instruction, inputs)) return true;
    const results = evaluate(instruction.primitive, inputs, instruction.attributes as never);
    for (const [i, output] of instruction.outputs.entries()) constants.set(output, results[i] as Tensor);
    return false;
  });
  if (instructions.length === program.instructions.length) return program;
  const needed = new Set<Value>([...program.outputs, ...program.updates.values()]);
  for (const { inputs } of instructions) for (const input of inputs) needed.add(input);
  return {
    ...program,
    constants: new Map([...constants].filter(([value]) => needed.has(value))),
    instructions,
  };
}

function isTooLarge({ outputs }: Instruction, inputs: readonly Tensor[]): boolean {
  const given = inputs.reduce((sum, { size }) => sum + size, 0);
  const made = outputs.reduce((sum, { shape }) => sum + (isStatic(shape) ? sizeOf(shape) : 0), 0);
  return made > LARGEST && made > given;
}
