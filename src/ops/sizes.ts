import { KerasTensor } from "../graph/graph.ts";
import { dtypeOf, type Operand } from "../program/emit.ts";
import type { DType } from "../tensor/dtype.ts";
import type { Shape } from "../tensor/shape.ts";
import { checkTensors } from "./check-tensors.ts";
import { unary } from "./define.ts";
import { type Dimension, dimensions, product } from "./dimensions.ts";
import { asDType, asResult, isOperand, type OperandLike } from "./operands.ts";

/** The shape: numbers, and scalars for what a program knows only when it runs. */
export function shape(x: OperandLike): Dimension[];
/** The shape of a KerasTensor; null is not known. */
export function shape(x: KerasTensor): Shape;
export function shape(x: KerasTensor | OperandLike): Shape | Dimension[] {
  return x instanceof KerasTensor ? x.shape : dimensions(x);
}

/** How many elements there are. */
export const size = /* @__PURE__ */ unary("numpy.Size", (x) =>
  asResult(asDType(product(dimensions(x)), "int32")),
);

/** How many dimensions there are. */
export const ndim = /* @__PURE__ */ unary("numpy.Ndim", (x) =>
  asResult(asDType(dimensions(x).length, "int32")),
);

/** The dtype of a tensor: what a layer computes in, for a variable that it reads. */
export function dtype(x: KerasTensor | Operand): DType {
  if (x instanceof KerasTensor) return x.dtype;
  checkTensors("dtype", { x });
  return dtypeOf(x);
}

/** Whether a value is a tensor: numbers, what stands for them while a call is traced, or a variable; not a KerasTensor. */
export function isTensor(x: unknown): x is Operand {
  return isOperand(x);
}
