import type { KerasTensor } from "../graph/keras-tensor.ts";
import type { Input } from "../ops/operands.ts";
import type { Result } from "../program/emit.ts";

/** A function of a tensor; on a KerasTensor it adds to the graph. */
export interface Activation {
  (x: KerasTensor): KerasTensor;
  (x: Input): Result;
  (x: KerasTensor | Input): KerasTensor | Result;
}
