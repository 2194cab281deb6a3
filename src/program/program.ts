import type { Tensor } from "../tensor/tensor.ts";
import type { Attributes, PrimitiveName } from "./primitives.ts";
import type { Value } from "./value.ts";
import type { Variable } from "./variable.ts";

/** One step of a Program. */
export type Instruction<K extends PrimitiveName = PrimitiveName> = {
  [P in K]: {
    readonly primitive: P;
    readonly attributes: Attributes[P];
    readonly inputs: readonly Value[];
    readonly outputs: readonly Value[];
  };
}[K];

/**
 * An executable graph in order: every value is an input, a constant, a variable or the output of an earlier
 * instruction. Dimensions that are `null` stay open until it runs. Knows nothing of Keras or of any engine.
 */
export interface Program {
  readonly inputs: readonly Value[];
  readonly constants: ReadonlyMap<Value, Tensor>;
  /** Values that are read from variables. */
  readonly variables: ReadonlyMap<Value, Variable>;
  readonly instructions: readonly Instruction[];
  readonly outputs: readonly Value[];
  /** New values of variables, for a program that changes them. */
  readonly updates: ReadonlyMap<Variable, Value>;
}
