import type { Instruction, Program } from "../../program/primitives.ts";
import type { Value } from "../../program/value.ts";

/** Instructions of a Program that one engine runs in one go. */
export interface Part {
  readonly isHosted: boolean;
  /** Its inputs are values of the whole: inputs of it, results of earlier parts, variables that it changes. */
  readonly program: Program;
}

/**
 * A Program cut into as few parts as its order allows, in turns for an engine and for what hosts the instructions that
 * the engine has not. Nothing is cut where the engine has all of them.
 */
export function partition(program: Program, isHosted: (instruction: Instruction) => boolean): Part[] {
  const turns = turnsOf(program, isHosted);
  const needed = new Set<Value>([...program.outputs, ...program.updates.values()]);
  const parts: Part[] = [];
  for (let turn = turns.length - 1; turn >= 0; turn--) {
    const instructions = turns[turn];
    if (instructions)
      parts.push({ isHosted: turn % 2 === 1, program: partOf(program, instructions, needed) });
  }
  return parts.reverse();
}

/** The instructions by the turn in which they can run: the engine has the even ones. */
function turnsOf({ instructions }: Program, isHosted: (instruction: Instruction) => boolean) {
  const turns: Instruction[][] = [];
  const turnOf = new Map<Value, number>();
  for (const instruction of instructions) {
    let turn = 0;
    for (const input of instruction.inputs) turn = Math.max(turn, turnOf.get(input) ?? 0);
    if (turn % 2 !== Number(isHosted(instruction))) turn++;
    for (const output of instruction.outputs) turnOf.set(output, turn);
    const others = turns[turn];
    if (others) others.push(instruction);
    else turns[turn] = [instruction];
  }
  return turns;
}

/** A part; what it takes from others is added to `needed`, which has what others take from it. */
function partOf(program: Program, instructions: readonly Instruction[], needed: Set<Value>): Program {
  const made = new Set<Value>();
  const taken = new Set<Value>();
  for (const { inputs, outputs } of instructions) {
    for (const input of inputs) if (!made.has(input)) taken.add(input);
    for (const output of outputs) made.add(output);
  }
  const outputs = [...made].filter((value) => needed.has(value));
  const changes = (value: Value) => {
    const variable = program.variables.get(value);
    return variable !== undefined && program.updates.has(variable);
  };
  const inputs = [...taken].filter(
    (value) => !program.constants.has(value) && (!program.variables.has(value) || changes(value)),
  );
  for (const value of inputs) needed.add(value);
  const own = <T>(values: ReadonlyMap<Value, T>) =>
    new Map([...values].filter(([value]) => taken.has(value) && !changes(value)));
  return {
    inputs,
    constants: own(program.constants),
    variables: own(program.variables),
    instructions,
    outputs,
    updates: new Map(),
  };
}
