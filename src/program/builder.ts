import { ModelError } from "../errors.ts";
import type { Tensor } from "../tensor/tensor.ts";
import type { Attributes, Instruction, PrimitiveName, Program } from "./primitives.ts";
import { type Spec, type Trace, Value } from "./value.ts";
import type { Variable } from "./variable.ts";

/** Collects the instructions of one Program while a computation is traced. */
export class Builder implements Trace {
  readonly #inputs: Value[] = [];
  readonly #constants = new Map<Tensor, Value>();
  readonly #variables = new Map<Variable, Value>();
  readonly #instructions: Instruction[] = [];
  readonly #updates = new Map<Variable, Value>();

  input(spec: Spec): Value {
    const value = new Value(spec.shape, spec.dtype, this);
    this.#inputs.push(value);
    return value;
  }

  constant(tensor: Tensor): Value {
    let value = this.#constants.get(tensor);
    if (!value) {
      value = new Value(tensor.shape, tensor.dtype, this);
      this.#constants.set(tensor, value);
    }
    return value;
  }

  variable(variable: Variable): Value {
    const updated = this.#updates.get(variable);
    if (updated) return updated;
    let value = this.#variables.get(variable);
    if (!value) {
      value = new Value(variable.shape, variable.dtype, this);
      this.#variables.set(variable, value);
    }
    return value;
  }

  append<K extends PrimitiveName>(
    primitive: K,
    attributes: Attributes[K],
    inputs: readonly Value[],
    specs: readonly Spec[],
  ): Value[] {
    const outputs = specs.map(({ shape, dtype }) => new Value(shape, dtype, this));
    this.#instructions.push({ primitive, attributes, inputs, outputs } as Instruction);
    return outputs;
  }

  update(variable: Variable, value: Value): void {
    this.#updates.set(variable, value);
  }

  /** Runs `body` and gives what it does apart: its instructions are no part of this Program, and it changes no variable. */
  apart<T>(body: () => T): { readonly result: T; readonly instructions: Instruction[] } {
    const start = this.#instructions.length;
    const updates = new Map(this.#updates);
    try {
      const result = body();
      for (const [variable, value] of this.#updates) {
        if (updates.get(variable) === value) continue;
        const message =
          "expected a variable that no branch of a condition or loop assigns, received one that is.";
        throw new ModelError(variable.path, message);
      }
      return { result, instructions: this.#instructions.slice(start) };
    } finally {
      this.#instructions.length = start;
      this.#updates.clear();
      for (const [variable, value] of updates) this.#updates.set(variable, value);
    }
  }

  /** The Program that computes `outputs`; instructions that nothing needs are left out. */
  finish(outputs: readonly Value[]): Program {
    const needed = new Set<Value>([...outputs, ...this.#updates.values()]);
    const instructions = instructionsFor(needed, this.#instructions);
    return {
      inputs: this.#inputs,
      constants: invert(this.#constants, needed),
      variables: invert(this.#variables, needed),
      instructions,
      outputs,
      updates: this.#updates,
    };
  }
}

/** The instructions that some values are made by; what these take is added to `needed`. */
export function instructionsFor(needed: Set<Value>, instructions: readonly Instruction[]): Instruction[] {
  const kept: Instruction[] = [];
  for (let i = instructions.length - 1; i >= 0; i--) {
    const instruction = instructions[i]!;
    if (!instruction.outputs.some((output) => needed.has(output))) continue;
    for (const input of instruction.inputs) needed.add(input);
    kept.push(instruction);
  }
  return kept.reverse();
}

function invert<T>(map: ReadonlyMap<T, Value>, needed: ReadonlySet<Value>): Map<Value, T> {
  const inverted = new Map<Value, T>();
  for (const [key, value] of map) if (needed.has(value)) inverted.set(value, key);
  return inverted;
}
