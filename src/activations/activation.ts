import type { KerasTensor } from "../graph/graph.ts";
import type { OperandLike } from "../ops/operands.ts";
import type { Numeric } from "../program/emit.ts";

/** A function of a tensor; on a KerasTensor it adds to the graph. */
export interface Activation {
  (x: KerasTensor): KerasTensor;
  (x: OperandLike): Numeric;
  (x: KerasTensor | OperandLike): KerasTensor | Numeric;
}
