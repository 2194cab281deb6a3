import { KerasTensor } from "../graph/graph.ts";
import type { Shape } from "../tensor/shape.ts";
import { unary } from "./define.ts";
import { type Dimension, dimensions, product } from "./dimensions.ts";
import { asDType, asResult, type OperandLike } from "./operands.ts";

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
