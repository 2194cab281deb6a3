import type { Program } from "../program/primitives.ts";
import type { Variable } from "../program/variable.ts";
import type { Tensor } from "../tensor/tensor.ts";

/** Something that runs Programs. */
export interface Engine {
  readonly name: string;
  /** Makes a Program ready to run. Variables are read now: their later values are not seen. */
  compile(program: Program): Promise<Executable>;
}

/** An engine that can also keep what a Program changes. */
export interface StatefulEngine extends Engine {
  /**
   * Makes a Program that changes variables ready to run again and again. Those it changes live in the engine from then
   * on; those it only reads are read now, as by `compile`.
   */
  hold(program: Program): Promise<HeldExecutable>;
}

/** A compiled Program. */
export interface Executable {
  /** One tensor for each of the program's inputs → its outputs, followed by the values of its updates. */
  run(inputs: readonly Tensor[]): Promise<Tensor[]>;
  /** Frees what the engine holds; the executable is not used afterwards. */
  dispose(): void | Promise<void>;
}

/**
 * A compiled Program that keeps the variables it changes. What is asked of it is done in the order it was asked, so
 * that no update is lost. A variable that is assigned outside meanwhile is taken over as it is then.
 */
export interface HeldExecutable {
  /** One tensor for each input → the outputs. The updates are where the next run begins; a run that fails has none. */
  run(inputs: readonly Tensor[]): Promise<Tensor[]>;
  /** The value of a variable after the runs so far. The variable itself has the one it had. */
  read(variable: Variable): Promise<Tensor>;
  /** Assigns what runs have changed to the variables. */
  writeBack(): Promise<void>;
  /** Frees what the engine holds, and what was not written back with it. */
  dispose(): Promise<void>;
}
