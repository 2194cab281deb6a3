import type { Program } from "../program/primitives.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Something that runs Programs. */
export interface Engine {
  readonly name: string;
  /** Makes a Program ready to run. Variables are read now: their later values are not seen. */
  compile(program: Program): Promise<Executable>;
}

/** A compiled Program. */
export interface Executable {
  /** One tensor for each of the program's inputs → its outputs, followed by the values of its updates. */
  run(inputs: readonly Tensor[]): Promise<Tensor[]>;
  /** Frees what the engine holds; the executable is not used afterwards. */
  dispose(): void | Promise<void>;
}
