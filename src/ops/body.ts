import { ModelError } from "../errors.ts";
import { flatten, formatStructure, type Nested, packLike, sameStructure } from "../graph/nested.ts";
import { inspect } from "../json/inspect.ts";
import { Builder, instructionsFor } from "../program/builder.ts";
import { calling, runCalling } from "../program/calling.ts";
import type { Numeric, Operand } from "../program/emit.ts";
import type { Instruction, Program } from "../program/primitives.ts";
import { type Spec, Value } from "../program/value.ts";
import { Tensor } from "../tensor/tensor.ts";
import { asOperand, asResult, isNumber, isOperand, type OperandLike } from "./operands.ts";

/** Tensors and numbers in lists and dicts. */
export type Structure = Nested<OperandLike>;

/** The leaves of a structure as tensors or values. */
export function leavesOf(where: string, structure: Structure): Numeric[] {
  return flatten(structure).map((leaf) => {
    if (isOperand(leaf) || isNumber(leaf)) return asResult(asOperand(leaf));
    throw new ModelError(where, `expected tensors in lists and dicts, received ${inspect(leaf)}.`);
  });
}

/** Complains where a function gives another structure than it must. */
export function expectStructure(where: string, received: Structure, expected: Structure): void {
  if (sameStructure(received, expected)) return;
  const [one, other] = [formatStructure(expected), formatStructure(received)];
  throw new ModelError(where, `expected a result like ${one}, received one like ${other}.`);
}

/** What runs now: a Program that is traced, shapes that are worked out, or nothing but numbers. */
export function computationOf(values: readonly unknown[]): Builder | "shapes" | null {
  for (const value of values) {
    if (!(value instanceof Value)) continue;
    return value.builder instanceof Builder ? value.builder : "shapes";
  }
  const { within } = calling();
  if (within === null) return null;
  return within.builder instanceof Builder ? within.builder : "shapes";
}

/** What is done to some values, before it is a Program: it may use others of the Program around it. */
interface Body {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly instructions: readonly Instruction[];
}

/** What a function does to values of these kinds. */
export interface Traced extends Body {
  readonly result: Structure;
}

/** Traces a function apart from the Program around it, of whose values it may use any. */
export function traceApart(
  where: string,
  builder: Builder,
  specs: readonly Spec[],
  body: (inputs: readonly Value[]) => Structure,
): Traced {
  const inputs = specs.map(({ shape, dtype }) => new Value(shape, dtype, builder));
  const { result: traced, instructions } = builder.apart(() =>
    runCalling({ within: { builder } }, () => {
      const result = body(inputs);
      const leaves = leavesOf(where, result);
      return {
        result,
        outputs: leaves.map((leaf) => (leaf instanceof Tensor ? builder.constant(leaf) : leaf)),
      };
    }),
  );
  return { ...traced, inputs, instructions: instructionsFor(new Set(traced.outputs), instructions) };
}

/** What bodies use of the Program around them. */
export function capturedBy(bodies: readonly Body[]): Value[] {
  const captured = new Set<Value>();
  for (const { inputs, instructions, outputs } of bodies) {
    const inside = new Set(inputs);
    for (const instruction of instructions) {
      for (const input of instruction.inputs) if (!inside.has(input)) captured.add(input);
      for (const output of instruction.outputs) inside.add(output);
    }
    for (const output of outputs) if (!inside.has(output)) captured.add(output);
  }
  return [...captured];
}

/** The Program of a body; what it captured are its first inputs. */
export function programOf({ inputs, outputs, instructions }: Body, captured: readonly Value[]): Program {
  return {
    inputs: [...captured, ...inputs],
    constants: new Map(),
    variables: new Map(),
    instructions,
    outputs,
    updates: new Map(),
  };
}

/** A structure like one, with other leaves. */
export function packed(structure: Structure, leaves: readonly Operand[]): Structure {
  return packLike(structure, leaves) as Structure;
}
