import { ModelError } from "../errors.ts";
import { checkOptions } from "../json/check-options.ts";
import { inspect } from "../json/inspect.ts";
import { Builder } from "../program/builder.ts";
import { runCalling } from "../program/calling.ts";
import { assign, dtypeOf, emit, type Numeric, type Operand } from "../program/emit.ts";
import { prim } from "../program/prim.ts";
import type { Instruction, Program } from "../program/primitives.ts";
import { gatherPrim } from "../program/rules/gather.ts";
import { scanRules } from "../program/rules/scan.ts";
import { Value } from "../program/value.ts";
import type { Variable } from "../program/variable.ts";
import { scalar } from "../tensor/create.ts";
import { Tensor } from "../tensor/tensor.ts";
import { capturedBy, programOf } from "./body.ts";
import { dimensions, reshapeTo } from "./dimensions.ts";
import { join } from "./joining.ts";
import { isOperand } from "./operands.ts";

/** Some values or results, in order. */
type Results = readonly Numeric[];
type Operands = readonly Operand[];

/** A result for each of some values: of two values two. */
type Each<T extends Operands> = { readonly [I in keyof T]: Numeric };

/** What a loop over steps is given. */
export interface ScanOptions<Carries extends Results = Results, Xs extends Results = Results> {
  /** The states before the first step. */
  readonly carries: Carries;
  /** One or more tensors, of which each step gets the next entry of the leading axis. */
  readonly xs: Xs;
  /** Goes from the last entry to the first; outputs are stacked in the order of the entries. */
  readonly reverse?: boolean;
}

/** One step: the states and entries give the new states and the outputs. */
export type Step<
  Carries extends Results = Results,
  Xs extends Results = Results,
  Outputs extends Operands = Operands,
> = (carries: Each<Carries>, xs: Each<Xs>) => StepResult<Outputs>;

/** What one step gives: the new states, in the order, shapes and dtypes of the old ones, and what is stacked. */
export interface StepResult<Outputs extends Operands = Operands> {
  readonly carries: Operands;
  readonly outputs: Outputs;
}

/** The states after the last step, and the outputs of all steps along a new leading axis. */
export interface Scanned<Carries extends Results = Results, Outputs extends Operands = Operands> {
  readonly carries: Each<Carries>;
  readonly outputs: Each<Outputs>;
}

/**
 * A loop over the leading axis of `xs`, of a known length or not.
 *
 * On tensors `step` is run for each entry. Else it is run once, on values that stand for any step; it may use what it
 * sees around it: tensors, variables, and values of the same computation if `carries` or `xs` have one too. What does
 * not depend on the step is computed once, before the loop. A variable that `step` reads and assigns goes from step to
 * step and has its last value afterwards.
 */
export function scan<const Carries extends Results, const Xs extends Results, const Outputs extends Operands>(
  step: Step<Carries, Xs, Outputs>,
  options: ScanOptions<Carries, Xs>,
): Scanned<Carries, Outputs> {
  checkScan(step, options);
  const operands = [...options.carries, ...options.xs];
  const isEager = operands.every((operand) => operand instanceof Tensor);
  const [first] = options.xs;
  const scanned =
    isEager && first?.shape[0] !== 0 ? loop(step as Step, options) : trace(step as Step, options, operands);
  return scanned as Scanned<Carries, Outputs>;
}

function checkScan(step: unknown, options: ScanOptions): void {
  if (typeof step !== "function") {
    throw new ModelError("scan", `expected a function for each step, received ${inspect(step)}.`);
  }
  checkOptions("scan", options, { carries: true, xs: true, reverse: true });
  for (const key of ["carries", "xs"] as const) {
    const operands: unknown = options[key];
    if (Array.isArray(operands) && operands.every(isOperand)) continue;
    throw new ModelError("scan", `expected ${key} to be a list of tensors, received ${inspect(operands)}.`);
  }
}

/** Runs the steps now. */
function loop(step: Step, { carries, xs, reverse = false }: ScanOptions): Scanned {
  const length = xs[0]!.shape[0]!;
  const outputs: Numeric[][] = [];
  let states = carries;
  for (let i = 0; i < length; i++) {
    const place = scalar(reverse ? length - 1 - i : i, "int32");
    const result = step(
      states,
      xs.map((x) => gatherPrim("gather", [x, place], { axis: 0 })),
    );
    states = result.carries as readonly Numeric[];
    for (const [k, output] of result.outputs.entries()) {
      outputs[k] ??= [];
      outputs[k].push(reshapeTo(output, [1, ...dimensions(output)]));
    }
  }
  return { carries: states, outputs: outputs.map((steps) => join(reverse ? steps.reverse() : steps, 0)) };
}

/** Traces the step into the computation around it and cuts it out of there as the body of a loop. */
function trace(
  step: Step,
  { carries, xs, reverse = false }: ScanOptions,
  operands: readonly Numeric[],
): Scanned {
  const around = builderOf(operands);
  const builder = around ?? new Builder();
  const before = new Map(builder.finish([]).updates);
  const states = carries.map(({ shape, dtype }) => new Value(shape, dtype, builder));
  const entries = xs.map(({ shape, dtype }) => new Value(shape.slice(1), dtype, builder));
  const result = runCalling({ within: { builder } }, () => step(states, entries));
  const next = result.carries.map((operand) => toValue(operand, builder));
  const stacked = result.outputs.map((operand) => toValue(operand, builder));

  const whole = builder.finish([...next, ...stacked]);
  const changed = assignedIn(whole, before);
  const inputs = [...states, ...changed.map(({ old }) => old), ...entries];
  const outputs = [...next, ...changed.map(({ value }) => value), ...stacked];
  const instructions = around ? dependentOn(inputs, whole) : whole.instructions;
  const traced = { inputs, instructions, outputs };
  const captured = capturedBy([traced]);
  const body = programOf(traced, captured);

  const isEager = operands.every((operand) => operand instanceof Tensor);
  const fromOutside = (value: Value): Numeric => (around ? value : sourceOf(value, whole, isEager));
  const given = [
    ...captured.map(fromOutside),
    ...carries,
    ...changed.map(({ old }) => fromOutside(old)),
    ...xs,
  ];
  const count = carries.length + changed.length;
  const attributes = { body, consts: captured.length, carries: count, reverse };
  const results = runCalling({ computeDtype: null }, () => emit(scanRules, "scan", given, attributes));
  for (const [i, { variable }] of changed.entries()) assign(variable, results[carries.length + i]!);
  return { carries: results.slice(0, carries.length), outputs: results.slice(count) };
}

function builderOf(operands: readonly Numeric[]): Builder | null {
  for (const operand of operands)
    if (operand instanceof Value && operand.builder instanceof Builder) return operand.builder;
  return null;
}

function toValue(operand: Operand, builder: Builder): Value {
  if (operand instanceof Value) return operand;
  if (operand instanceof Tensor) return builder.constant(operand);
  const value = builder.variable(operand);
  const dtype = dtypeOf(operand);
  return dtype === value.dtype ? value : (prim("cast", [value], { dtype }) as Value);
}

interface Change {
  readonly variable: Variable;
  readonly old: Value;
  readonly value: Value;
}

/** The variables that a step assigned, with the values they had before and have after it. */
function assignedIn({ updates, variables }: Program, before: ReadonlyMap<Variable, Value>): Change[] {
  const changed: Change[] = [];
  for (const [variable, value] of updates) {
    if (before.get(variable) === value) continue;
    const old = before.get(variable) ?? [...variables].find((entry) => entry[1] === variable)?.[0];
    if (!old) {
      throw new ModelError(
        variable.path,
        "expected a variable that a loop assigns to be read in it too, received one that is not.",
      );
    }
    changed.push({ variable, old, value });
  }
  return changed;
}

/** The instructions that need one of these values, directly or not. */
function dependentOn(values: readonly Value[], { instructions }: Program): Instruction[] {
  const dependent = new Set(values);
  return instructions.filter(({ inputs, outputs }) => {
    if (!inputs.some((input) => dependent.has(input))) return false;
    for (const output of outputs) dependent.add(output);
    return true;
  });
}

/** What a captured value stands for where only the step was traced: numbers, or their shape. */
function sourceOf(value: Value, { constants, variables }: Program, isEager: boolean): Numeric {
  const source = constants.get(value) ?? variables.get(value);
  if (source === undefined || source instanceof Tensor) return source ?? value;
  return isEager ? source.value : new Value(source.shape, source.dtype);
}
