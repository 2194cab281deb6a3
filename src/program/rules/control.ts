import { ShapeError } from "../../errors.ts";
import { emit, type Numeric, type Operand } from "../emit.ts";
import type { Attributes, Program } from "../primitives.ts";
import type { Spec } from "../value.ts";
import { describe, eitherShape, mayFit } from "./fit.ts";

/** Complains where values do not fit what a body takes or gives. */
function expectAll(where: string, what: string, received: readonly Spec[], expected: readonly Spec[]): void {
  if (received.length !== expected.length)
    throw new ShapeError(where, `expected ${expected.length} ${what}, received ${received.length}.`);
  for (const [i, spec] of received.entries()) {
    const other = expected[i]!;
    if (spec.dtype === other.dtype && mayFit(spec.shape, other.shape)) continue;
    throw new ShapeError(
      where,
      `expected ${what.replace(/s$/, "")} ${i} to be ${describe(other)}, received ${describe(spec)}.`,
    );
  }
}

function expectTruth(where: string, specs: readonly Spec[]): void {
  expectAll(where, "conditions", specs, [{ shape: [], dtype: "bool" }]);
}

function cond(inputs: readonly Spec[], { yes, no }: Attributes["cond"]): Spec[] {
  expectTruth("cond", inputs.slice(0, 1));
  for (const branch of [yes, no]) expectAll("cond", "inputs", inputs.slice(1), branch.inputs);
  expectAll("cond", "results", no.outputs, yes.outputs);
  return yes.outputs.map(({ shape, dtype }, i) => ({
    shape: eitherShape(shape, no.outputs[i]!.shape),
    dtype,
  }));
}

function whileLoop(inputs: readonly Spec[], { test, body, consts }: Attributes["while"]): Spec[] {
  const states = inputs.slice(consts);
  expectAll("while", "inputs", inputs, body.inputs);
  expectAll("while", "inputs", inputs, test.inputs);
  expectTruth("while", test.outputs);
  expectAll("while", "states", body.outputs, states);
  return states.map(({ shape, dtype }, i) => ({ shape: eitherShape(shape, body.outputs[i]!.shape), dtype }));
}

export const controlRules = { cond, while: whileLoop };

/** One of two programs, which take the same operands. */
export function condPrim(pred: Operand, operands: readonly Operand[], yes: Program, no: Program): Numeric[] {
  return emit(controlRules, "cond", [pred, ...operands], { yes, no });
}

/** A program again and again while another one says so. */
export function whilePrim(operands: readonly Operand[], attributes: Attributes["while"]): Numeric[] {
  return emit(controlRules, "while", operands, attributes);
}
