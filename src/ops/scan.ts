import { Builder } from "../program/builder.ts";
import { emit, type Operand, type Result, withComputeDtype } from "../program/emit.ts";
import type { Program } from "../program/program.ts";
import type { Value } from "../program/value.ts";
import { asOperand, type Input } from "./operands.ts";

/** What a loop over steps is given. */
export interface ScanOptions {
  /** Values from outside that a step uses, passed whole to each; variables and constants need not be named. */
  readonly consts?: readonly Input[];
  /** States before the first step. */
  readonly carries: readonly Input[];
  /** Tensors whose leading axis is gone through. */
  readonly xs: readonly Input[];
  /** From the last step to the first. */
  readonly reverse?: boolean;
}

/** What a step works on. */
export interface Step {
  readonly consts: readonly Result[];
  readonly carries: readonly Result[];
  readonly xs: readonly Result[];
}

/** What a step gives: the next states, of the same shapes and dtypes, and what is stacked. */
export interface StepResult {
  readonly carries: readonly Operand[];
  readonly outputs: readonly Operand[];
}

/**
 * A loop over the leading axis of `xs`: `step` is traced once. Gives the last states, and the outputs of all steps on
 * a new leading axis. For values only.
 */
export function scan(
  step: (step: Step) => StepResult,
  { consts = [], carries, xs, reverse = false }: ScanOptions,
): { carries: Result[]; outputs: Result[] } {
  const given = [consts, carries, xs].map((group) => group.map(asOperand)) as [
    Operand[],
    Operand[],
    Operand[],
  ];
  const { body, variables } = trace(step, given);
  const count = variables.length + consts.length;
  const attributes = { body, consts: count, carries: carries.length, reverse };
  const results = withComputeDtype(null, () => emit("scan", [...variables, ...given.flat()], attributes));
  return { carries: results.slice(0, carries.length), outputs: results.slice(carries.length) };
}

/** A step as a Program; the variables that it reads become its first inputs. */
function trace(step: (step: Step) => StepResult, [consts, carries, xs]: [Operand[], Operand[], Operand[]]) {
  const builder = new Builder();
  const inputs = {
    consts: consts.map(({ shape, dtype }) => builder.input({ shape, dtype })),
    carries: carries.map(({ shape, dtype }) => builder.input({ shape, dtype })),
    xs: xs.map(({ shape, dtype }) => builder.input({ shape: shape.slice(1), dtype })),
  };
  const results = step(inputs);
  const outputs = [...results.carries, ...results.outputs].map((result) => asValue(result, builder));
  const program = builder.finish(outputs);
  const body: Program = {
    ...program,
    inputs: [...program.variables.keys(), ...program.inputs],
    variables: new Map(),
  };
  return { body, variables: [...program.variables.values()] };
}

function asValue(result: Operand, builder: Builder): Value {
  if ("builder" in result) return result;
  return "data" in result ? builder.constant(result) : builder.variable(result);
}
