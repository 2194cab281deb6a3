import { EngineError } from "../../errors.ts";
import type { Program } from "../../program/primitives.ts";
import type { Value } from "../../program/value.ts";
import type { Tensor } from "../../tensor/tensor.ts";
import { checkInputs } from "../check-inputs.ts";
import type { Engine, Executable } from "../engine.ts";
import type { Stepped, Stepper } from "../held.ts";
import { type Part, partition } from "./partition.ts";

interface CompiledPart extends Part {
  readonly executable: Executable;
}

/** A Program of which an engine runs what it has, and a host the rest, one part after the other. */
export class SplitExecutable implements Executable, Stepper<Tensor> {
  readonly #program: Program;
  readonly #parts: readonly CompiledPart[];
  /** What a run begins with: the constants and variables that are results as they are, and the variables that are changed. */
  readonly #known: ReadonlyMap<Value, Tensor>;
  /** The values that are read from the variables that are changed, with their places among the updates. */
  readonly #places: readonly (readonly [Value, number])[];
  #isDisposed = false;

  private constructor(program: Program, parts: readonly CompiledPart[]) {
    this.#program = program;
    this.#parts = parts;
    const updated = [...program.updates.keys()];
    this.#places = [...program.variables]
      .map(([value, variable]) => [value, updated.indexOf(variable)] as const)
      .filter(([, place]) => place >= 0);
    const results = new Set([...program.outputs, ...program.updates.values()]);
    for (const [value] of this.#places) results.add(value);
    const read = [...program.variables].filter(([value]) => results.has(value));
    const constants = [...program.constants].filter(([value]) => results.has(value));
    this.#known = new Map([
      ...constants,
      ...read.map(([value, variable]) => [value, variable.value] as const),
    ]);
  }

  /** Variables are read now. What is compiled before something goes wrong is disposed. */
  static async compile(
    program: Program,
    isHosted: Parameters<typeof partition>[1],
    engine: Pick<Engine, "compile">,
    host: Pick<Engine, "compile">,
  ): Promise<SplitExecutable> {
    const parts: CompiledPart[] = [];
    try {
      for (const part of partition(program, isHosted)) {
        const executable = await (part.isHosted ? host : engine).compile(part.program);
        parts.push({ ...part, executable });
      }
    } catch (error) {
      await Promise.all(parts.map(({ executable }) => executable.dispose()));
      throw error;
    }
    return new SplitExecutable(program, parts);
  }

  run(inputs: readonly Tensor[]): Promise<Tensor[]> {
    return this.#run(inputs, []);
  }

  async step(inputs: readonly Tensor[], before: readonly Tensor[]): Promise<Stepped<Tensor>> {
    const held = this.#places.map(([value, place]) => [value, before[place]!] as const);
    const results = await this.#run(inputs, held);
    const count = this.#program.outputs.length;
    return { outputs: results.slice(0, count), state: results.slice(count) };
  }

  async #run(inputs: readonly Tensor[], held: readonly (readonly [Value, Tensor])[]): Promise<Tensor[]> {
    if (this.#isDisposed) throw new EngineError("run", "the executable is disposed.");
    const program = this.#program;
    checkInputs(program.inputs, inputs);
    const given = program.inputs.map((value, i) => [value, inputs[i]!] as const);
    const values = new Map([...this.#known, ...given, ...held]);
    for (const { executable, program: part } of this.#parts) {
      const results = await executable.run(part.inputs.map((value) => values.get(value)!));
      for (const [i, value] of part.outputs.entries()) values.set(value, results[i]!);
    }
    return [...program.outputs, ...program.updates.values()].map((value) => values.get(value)!);
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await Promise.all(this.#parts.map(({ executable }) => executable.dispose()));
  }

  keep(tensor: Tensor): Tensor {
    return tensor;
  }

  toTensor(value: Tensor): Tensor {
    return value;
  }
}
